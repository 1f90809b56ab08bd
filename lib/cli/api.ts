import type { Access } from "@/lib/cli/servers";
import type { Terminal } from "@/lib/cli/terminal";
import { ApiProblem, NetworkError } from "@/lib/client/errors";
import { type QueryValue, withQuery } from "@/lib/client/query";
import { problemOf, readReply } from "@/lib/client/read-reply";

/** How often a request without a reply, or to a server that is too busy, is sent again. */
const RETRIES = 4;
/** The longest single wait that a server may ask for (milliseconds). */
const LONGEST_WAIT = 5 * 60_000;

type Query = Readonly<Record<string, QueryValue>>;

interface Sent {
  readonly body?: string | Uint8Array;
  readonly type?: string;
  readonly key?: string;
  readonly accept?: string;
}

/** The API of a server, with a token. Everything throws `ApiProblem`, `NetworkError`, or an AbortError. */
export interface Api {
  readonly url: string;
  get<T>(path: string, query?: Query): Promise<T>;
  /** Writes go with an idempotency key, so that one whose reply was lost can be sent again. */
  put<T>(path: string, body: unknown, key: string): Promise<T>;
  post<T>(path: string, body: unknown, key: string): Promise<T>;
  /** Sends a file. */
  upload<T>(path: string, bytes: Uint8Array): Promise<T>;
  /** A file as it comes. */
  file(path: string, query?: Query): Promise<Response>;
}

/** Opens the API of a server. */
export function openApi({ url, token }: Access, terminal: Terminal): Api {
  const ask = (method: string, path: string, sent: Sent = {}) =>
    request(`${url}/api/v1${path}`, method, token, sent, terminal);
  const json = (method: string, path: string, body: unknown, key: string) =>
    ask(method, path, { body: JSON.stringify(body), type: "application/json", key });
  return {
    url,
    get: async <T>(path: string, query: Query = {}) => (await readReply(await ask("GET", withQuery(path, query)))) as T,
    put: async <T>(path: string, body: unknown, key: string) =>
      (await readReply(await json("PUT", path, body, key))) as T,
    post: async <T>(path: string, body: unknown, key: string) =>
      (await readReply(await json("POST", path, body, key))) as T,
    upload: async <T>(path: string, bytes: Uint8Array) =>
      (await readReply(await ask("POST", path, { body: bytes, type: "application/octet-stream" }))) as T,
    file: async (path, query = {}) => {
      const reply = await ask("GET", withQuery(path, query), { accept: "*/*" });
      if (!reply.ok) await readReply(reply);
      return reply;
    },
  };
}

async function request(
  address: string,
  method: string,
  token: string,
  sent: Sent,
  terminal: Terminal,
): Promise<Response> {
  // A redirect is not followed: the token is for this server.
  const init: RequestInit = { ...requestInit(token, sent), method, redirect: "manual", signal: terminal.signal };
  for (let attempt = 0; ; attempt += 1) {
    const reply = await fetch(address, init).catch((error: unknown) => {
      if (terminal.signal.aborted) throw error;
      return new NetworkError(false, { cause: error });
    });
    const wait = attempt < RETRIES ? waitOf(reply, attempt) : null;
    if (wait === null) return requireReply(reply);
    if (wait > 2_000 && !(reply instanceof NetworkError))
      terminal.note(`The server asks to wait ${Math.ceil(wait / 1_000)} s.`);
    await terminal.wait(wait);
  }
}

function requestInit(token: string, { accept = "application/json", type, key, body }: Sent): RequestInit {
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept };
  if (type) headers["content-type"] = type;
  if (key) headers["idempotency-key"] = key;
  return { headers, ...(body === undefined ? {} : { body: body as BodyInit }) };
}

/** How long to wait before sending again (milliseconds); null where the reply is one. */
function waitOf(reply: Response | NetworkError, attempt: number): number | null {
  const own = 400 * 2 ** attempt;
  if (reply instanceof NetworkError) return own;
  if (reply.status !== 429 && reply.status !== 503) return null;
  const asked = Number(reply.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(asked) ? Math.min(Math.max(asked * 1_000, own), LONGEST_WAIT) : own;
}

function requireReply(reply: Response | NetworkError): Response {
  if (reply instanceof NetworkError) throw reply;
  if (reply.status < 300 || reply.status >= 400) return reply;
  const place = reply.headers.get("location") ?? "another address";
  const detail = `The server sends to ${place}. Use the address of the service itself.`;
  throw new ApiProblem({ ...problemOf(reply.status, "", null), detail });
}
