import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import type { App } from "./app";

/** A reply as it came. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The names of its headers in small letters, each as often as it came. */
  readonly rawNames: readonly string[];
  readonly text: string;
  /** The body read as JSON; undefined when it is none. */
  readonly json: unknown;
}

/** What to send beside method and path. */
export interface Sending {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Buffer;
  /** Added to, or replacing, what a browser of ours would send; `undefined` takes a header away. */
  readonly headers?: OutgoingHttpHeaders;
  /** A loopback address to come from, in place of 127.0.0.1. */
  readonly from?: string;
}

/** How long a reply may take (milliseconds). */
const PATIENCE = 60_000;
const many = { keepAlive: true, maxSockets: 64 };
let agents = { http: new http.Agent(many), https: new https.Agent(many) };
let used = performance.now();
/** After a pause so long connections are made anew (milliseconds). */
const LONG_PAUSE = 2_000;

/**
 * The server closes what was idle for five seconds. A process that computed meanwhile has not seen it yet, and would ask
 * over a connection that nobody listens to any more.
 */
function agentsNow(): typeof agents {
  const now = performance.now();
  if (now - used > LONG_PAUSE) agents = { http: new http.Agent(many), https: new https.Agent(many) };
  used = now;
  return agents;
}

/** Somebody's browser, as far as the API sees it: it sends our origin, JSON and its cookie. */
export class Client {
  constructor(
    readonly app: App,
    /** The session's cookie, `name=value`; empty when signed out. */
    readonly cookie = "",
  ) {}

  /** Sends a request and reads the reply to its end. @throws Error when the connection breaks or stays silent */
  send(method: string, path: string, { body, raw, headers = {}, from }: Sending = {}): Promise<Reply> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const all: OutgoingHttpHeaders = {
      host: new URL(this.app.url).host,
      origin: this.app.url,
      ...(this.cookie ? { cookie: this.cookie } : {}),
      ...(content === undefined ? {} : { "content-type": "application/json", "content-length": byteLength(content) }),
      ...headers,
    };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const options = { method, path, headers: given, timeout: PATIENCE, ...(from ? { localAddress: from } : {}) };
    return new Promise((resolve, reject) => {
      const asked = this.#request(options, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.once("error", reject);
        reply.once("end", () => {
          used = performance.now();
          const text = Buffer.concat(chunks).toString("utf8");
          const rawNames = reply.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
          const { statusCode: status = 0, headers } = reply;
          resolve({ status, headers, rawNames, text, json: parse(text) });
        });
      });
      asked.once("timeout", () => asked.destroy(new Error(`No reply to ${method} ${path}.`)));
      asked.once("error", reject);
      asked.end(content);
    });
  }

  #request(options: http.RequestOptions, take: (reply: http.IncomingMessage) => void): http.ClientRequest {
    const { url, port, certificate } = this.app;
    const agents = agentsNow();
    if (certificate === undefined) {
      return http.request({ ...options, agent: agents.http, host: "127.0.0.1", port }, take);
    }
    const front = { host: "127.0.0.1", servername: "localhost", port: new URL(url).port, ca: certificate };
    return https.request({ ...options, ...front, agent: agents.https }, take);
  }
}

/** The form that the sign-in page sends, with the cookie that belongs to its token. */
export async function signInForm(app: App, email: string, password: string): Promise<Sending> {
  const csrf = await new Client(app).send("GET", "/api/auth/csrf");
  const { csrfToken } = csrf.json as { csrfToken: string };
  return {
    raw: new URLSearchParams({ csrfToken, email, password, json: "true" }).toString(),
    headers: { cookie: cookiesOf(csrf), "content-type": "application/x-www-form-urlencoded" },
  };
}

/** The cookies that a reply sets, as a browser sends them back. */
export function cookiesOf(reply: Reply): string {
  return (reply.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
}

function byteLength(content: string | Buffer): number {
  return Buffer.byteLength(content);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
