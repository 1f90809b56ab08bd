import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { MailSettings } from "@/lib/mail-settings";

/** A mail as it came over the wire, decoded. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header lines by their names in small letters, unfolded and decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly raw: string;
}

/** A mail server on this computer that keeps what it gets. */
export class MailPeer {
  readonly received: ReceivedMail[] = [];
  /** While true, every mail is refused when its recipient is named. */
  refuses = false;
  readonly #waiting: ((mail: ReceivedMail) => void)[] = [];
  #taken = 0;

  private constructor(private readonly server: SMTPServer) {}

  /** Starts on a free port. Without `startTls` the server does not offer TLS at all. */
  static async start({ startTls = false } = {}): Promise<MailPeer> {
    const server = new SMTPServer({
      hideSTARTTLS: !startTls,
      authOptional: true,
      disableReverseLookup: true,
      logger: false,
      onRcptTo: (_address, _session, done) => done(peer.refuses ? new Error("550 Not here") : undefined),
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : "";
          const to = envelope.rcptTo.map(({ address }) => address);
          peer.#take({ from, to, ...readMail(Buffer.concat(parts).toString("latin1")) });
          done();
        });
      },
    });
    const peer = new MailPeer(server);
    // A client that gives the connection up is what some tests want to see.
    server.on("error", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return peer;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** What COUNTERVAIL_SMTP_URL has to be for mails to come here. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Settings for mails to come here; plain, as on loopback. */
  get settings(): MailSettings {
    const from = { name: "Countervail", address: "ccw@service.example" };
    return { host: "127.0.0.1", port: this.port, secure: false, startTls: false, login: undefined, from };
  }

  /** The next mail that nobody asked for yet, as soon as it is there. */
  next(): Promise<ReceivedMail> {
    const known = this.received[this.#taken];
    this.#taken += 1;
    return known ? Promise.resolve(known) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  #take(mail: ReceivedMail): void {
    this.received.push(mail);
    this.#waiting.shift()?.(mail);
  }
}

/** The link in a mail that begins with an address. */
export function linkIn({ text }: ReceivedMail): string {
  const link = /^https?:\S+$/m.exec(text)?.[0];
  if (!link) throw new Error(`There is no link in: ${text}`);
  return link;
}

function readMail(raw: string): Pick<ReceivedMail, "headers" | "text" | "raw"> {
  const [head = "", ...body] = raw.split("\r\n\r\n");
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), readWords(line.slice(at + 1).trim())] as const;
    }),
  );
  return { headers, text: readQuoted(body.join("\r\n\r\n").replace(/=\r\n/g, "")).replaceAll("\r\n", "\n"), raw };
}

/** Words that RFC 2047 lets a header carry, one after the other. */
function readWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_whole, kind: string, content: string) =>
    kind.toLowerCase() === "b"
      ? Buffer.from(content, "base64").toString("utf8")
      : readQuoted(content.replaceAll("_", " ")),
  );
}

function readQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
