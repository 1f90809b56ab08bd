import { type QueryValue, withQuery } from "@/lib/client/query";
import { type SendOptions, send } from "@/lib/client/send";

const ROOT = "/api/v1";

/** Options of a read: parameters of the address beside the way it is sent. */
export interface GetOptions extends SendOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
}

/** Builds an address of the API from path parts, each escaped: `apiPath("engagements", id)` → `/api/v1/engagements/…`. */
export function apiPath(...parts: readonly string[]): string {
  return [ROOT, ...parts.map(encodeURIComponent)].join("/");
}

/**
 * The API of this site, from the browser. `path` is what follows `/api/v1`, beginning with a slash.
 * Every call throws `ApiProblem`, `NetworkError` or an AbortError; writes carry an idempotency key and are
 * tried again with the same key when no reply came. `T` is the DTO that lib/contracts names for the reply.
 */
export const api = {
  /** Reads. */
  get: <T>(path: string, { query = {}, ...options }: GetOptions = {}) =>
    send("GET", withQuery(ROOT + path, query), undefined, options) as Promise<T>,
  /** Creates, or does an action. */
  post: <T>(path: string, body: unknown, options: SendOptions = {}) =>
    send("POST", ROOT + path, body, options) as Promise<T>,
  /** Replaces. */
  put: <T>(path: string, body: unknown, options: SendOptions = {}) =>
    send("PUT", ROOT + path, body, options) as Promise<T>,
  /** Changes some fields. */
  patch: <T>(path: string, body: unknown, options: SendOptions = {}) =>
    send("PATCH", ROOT + path, body, options) as Promise<T>,
  /** Removes. Replies with nothing, unless the handler says otherwise. */
  delete: <T = null>(path: string, options: GetOptions = {}) => {
    const { query = {}, ...rest } = options;
    return send("DELETE", withQuery(ROOT + path, query), undefined, rest) as Promise<T>;
  },
};
