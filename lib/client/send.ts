import { isAborted, NetworkError } from "@/lib/client/errors";
import { isOffline } from "@/lib/client/offline";
import { readReply } from "@/lib/client/read-reply";
import { heldUntilSignedIn, personOnPage } from "@/lib/client/session-keeper";

/** How a request is sent. */
export interface SendOptions {
  /** Gives the request up. */
  readonly signal?: AbortSignal;
  /**
   * Idempotency key of a write. Retries within one call reuse it; pass the same one to repeat a write
   * whose outcome is unknown. Without it every call makes a key of its own.
   */
  readonly key?: string;
  /** How often to try again when no reply comes. Default 2. Replies, also failures, are never retried. */
  readonly retries?: number;
  /** For requests that nobody caused, such as polling: they do not keep the session alive. */
  readonly background?: boolean;
  /** For what belongs to a sign-in: it is sent whoever the page belongs to, and does not wait for a sign-in. */
  readonly signingIn?: boolean;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Milliseconds to wait before a retry, counted from 0: 400, 1600, 6400 … at most 10 s. */
export function retryDelay(attempt: number): number {
  return Math.min(400 * 4 ** attempt, 10_000);
}

/**
 * Sends a request and reads its JSON reply. When the session has ended, it waits until the page's person has signed in
 * again and is then sent once more, as it was. Throws `ApiProblem` for a failure reply, `NetworkError` when no reply
 * came after all retries, and the browser's AbortError when the signal fired.
 */
export async function send(method: Method, path: string, body: unknown, options: SendOptions): Promise<unknown> {
  const init = requestInit(method, body, options);
  const once = () => sendWithRetries(path, init, options);
  return options.signingIn ? once() : heldUntilSignedIn(once, options.signal);
}

async function sendWithRetries(path: string, init: RequestInit, options: SendOptions): Promise<unknown> {
  const retries = options.retries ?? 2;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await readReply(await fetch(path, init));
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      if (attempt >= retries || isOffline()) throw new NetworkError(isOffline(), { cause: error });
      await pause(retryDelay(attempt), options.signal);
    }
  }
}

function requestInit(method: Method, body: unknown, options: SendOptions): RequestInit {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (options.background) headers["x-countervail-background"] = "1";
  const person = options.signingIn ? null : personOnPage();
  if (person !== null) headers["x-countervail-person"] = person;
  if (method !== "GET") headers["idempotency-key"] = options.key ?? crypto.randomUUID();
  return {
    method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  };
}

/** `fetch` rejects with a TypeError when no reply came, and so does reading a body that breaks off. */
function isConnectionFailure(error: unknown): boolean {
  return error instanceof TypeError && !isAborted(error);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(new DOMException("Aborted", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
}
