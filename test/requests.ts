import type { Clock } from "@/lib/clock";
import { type Config, readConfig } from "@/lib/config";
import type { Database } from "@/lib/db/database";
import { NO_MAIL } from "@/lib/mail/mailer";
import type { Runtime } from "@/lib/server/runtime";
import { NO_SIGNER } from "@/lib/signing/client";
import { type EvidenceFiles, openEvidenceFiles } from "@/lib/storage/evidence-files";
import { testSecrets } from "@/test/secrets";
import type { Person, World } from "@/test/world";

/** A route handler. */
export type Handler = (
  request: Request,
  given: { readonly params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

/** What a test sends to a handler. The address is of no account to it, but for the query. */
export interface Sent {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly params?: Record<string, string>;
  /** A text is sent as it is. */
  readonly query?: Record<string, string> | string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const settings = readConfig({ PORT: "4999", COUNTERVAIL_RATE_LIMIT: "100000" });

/** Lets the route handlers work on a database, as they do on the one of the web server's process. */
export function serve(
  database: Database,
  clock: Clock,
  more: Partial<Config> = {},
  evidence: EvidenceFiles = openEvidenceFiles(settings.dataFolder, settings.evidence),
): void {
  const holder = globalThis as typeof globalThis & { countervailRuntime?: Runtime };
  holder.countervailRuntime = {
    config: { ...settings, ...more },
    database,
    clock,
    secrets: testSecrets(clock),
    mail: NO_MAIL,
    signer: NO_SIGNER,
    evidence,
  };
}

/** A browser in which somebody has signed in, or nobody. */
export type Browser = (handler: Handler, sent?: Sent) => Promise<Response>;

/** A browser in which a person signs in. */
export async function browserOf(world: World, person: Person): Promise<Browser> {
  return browser(await world.signedIn(person));
}

/** A browser with the token of a session in its cookie, or none. */
export function browser(token: string | null): Browser {
  let cookie = token;
  return async (handler: Handler, sent: Sent = {}): Promise<Response> => {
    const { method = "GET", params = {}, query = {}, body, headers = {} } = sent;
    const given: Record<string, string> = { origin: settings.url, ...headers };
    if (cookie) given.cookie = `countervail=${cookie}`;
    if (body !== undefined) given["content-type"] ??= "application/json";
    const address = `${settings.url}/api/v1/test?${new URLSearchParams(query)}`;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request(address, { method, headers: given, ...(text === undefined ? {} : { body: text }) });
    const reply = await handler(request, { params: Promise.resolve(params) });
    cookie = /^countervail=([^;]+)/.exec(reply.headers.get("set-cookie") ?? "")?.[1] ?? cookie;
    return reply;
  };
}
