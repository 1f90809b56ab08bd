import { isAborted, NetworkError } from "@/lib/client/errors";
import { isOffline } from "@/lib/client/offline";
import { readReply } from "@/lib/client/read-reply";

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
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Milliseconds to wait before a retry, counted from 0: 400, 1600, 6400 … at most 10 s. */
export function retryDelay(attempt: number): number {
  return Math.min(400 * 4 ** attempt, 10_000);
}

/**
 * Sends a request and reads its JSON reply. Throws `ApiProblem` for a failure reply, `NetworkError` when
 * no reply came after all retries, and the browser's AbortError when the signal fired.
 */
export async function send(method: Method, path: string, body: unknown, options: SendOptions): Promise<unknown> {
  const init = requestInit(method, body, options);
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
