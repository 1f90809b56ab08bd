import { createTransport } from "nodemailer";
import type { MailOutcome } from "@/lib/contracts/people";
import { logger } from "@/lib/logger";
import type { MailSettings } from "@/lib/mail-settings";

/** A mail to one person: plain text, nothing that tells whether it was opened. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands letters over. Letters are sent after the commit of what they tell, and none ever undoes it. */
export interface Mailer {
  /** Whether there is a server to hand letters to. */
  readonly isOn: boolean;
  /** Sends a letter and waits until a server has taken it. Never throws. */
  send(letter: Letter): Promise<MailOutcome>;
  /** Sends a letter without anybody waiting for it, so that the time of a reply tells nothing about it. */
  post(letter: Letter): void;
}

/** The mailer of a service without a mail server. */
export const NO_MAIL: Mailer = { isOn: false, send: async () => "off", post: () => undefined };

/** How long a server may take to answer a step (milliseconds). */
const PATIENCE_MS = 10_000;

/** A mailer over an SMTP server. What it fails to hand over is logged, without address or text. */
export function openMailer(settings: MailSettings): Mailer {
  const { host, port, secure, startTls, login, from } = settings;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: startTls,
    // A certificate that only this computer knows must not keep a local server from taking what never leaves it.
    ignoreTLS: !startTls,
    tls: { minVersion: "TLSv1.2" },
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    dnsTimeout: PATIENCE_MS,
    socketTimeout: 2 * PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send = async ({ to, subject, text }: Letter): Promise<MailOutcome> => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject,
        text,
        textEncoding: "quoted-printable",
        xMailer: false,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      return "sent";
    } catch (error) {
      const { code, command, responseCode } = error as Readonly<Record<"code" | "command" | "responseCode", unknown>>;
      logger().warn({ failure: code, command, responseCode }, "a mail could not be handed over");
      return "failed";
    }
  };
  return { isOn: true, send, post: (letter) => void send(letter) };
}
