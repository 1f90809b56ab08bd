import { z } from "zod";

/** Names by which this computer is reached from itself. */
export const LOCAL_HOSTS = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The SMTP server that mails are handed to, and whom they are from. Holds a password: never log it. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps). */
  readonly secure: boolean;
  /** Whether the connection has to change to TLS (STARTTLS) before anything is said. */
  readonly startTls: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
  readonly from: { readonly name: string; readonly address: string };
}

const SMTP_PORTS: Readonly<Record<string, number>> = { "smtp:": 587, "smtps:": 465 };

/** The server as a setting gives it: `smtp://` or `smtps://`, with a port and a login where needed. */
export const smtpServer = z.string().transform((text, context): Omit<MailSettings, "from"> => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usual = url ? SMTP_PORTS[url.protocol] : undefined;
  const query = url?.search ?? "";
  if (!url || usual === undefined || !url.hostname || !/^\/?$/.test(url.pathname) || url.hash !== "") {
    context.addIssue("has to be smtp://HOST or smtps://HOST, with a port and user:password@ where needed");
    return z.NEVER;
  }
  const secure = url.protocol === "smtps:";
  const here = LOCAL_HOSTS.test(url.hostname);
  const plain = query === "?tls=off";
  if ((query !== "" && !plain) || (plain && secure)) {
    context.addIssue("takes ?tls=off after smtp://HOST, and nothing else");
    return z.NEVER;
  }
  if (plain && !here && url.username !== "") {
    context.addIssue("would send the password without TLS: leave ?tls=off away, or the password");
    return z.NEVER;
  }
  const login = url.username
    ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
    : undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { host, port: Number(url.port || usual), secure, startTls: !secure && !here && !plain, login };
});

/** Whom mails are from: an address, with a name before it where one is wanted. */
export const sender = z.string().transform((text, context): MailSettings["from"] => {
  const named = /^([^<>"\p{Cc}]{1,80}?)\s*<([^<>]+)>$/u.exec(text.trim());
  const address = z.email().safeParse(named?.[2] ?? text.trim());
  if (address.success) return { name: named?.[1]?.trim() ?? "Countervail", address: address.data };
  context.addIssue("has to be an address, such as Countervail <ccw@example.com>");
  return z.NEVER;
});
