import { apiPath } from "@/lib/client/api";
import { ApiProblem, NetworkError } from "@/lib/client/errors";
import { isOffline } from "@/lib/client/offline";
import { type QueryValue, withQuery } from "@/lib/client/query";
import { problemOf } from "@/lib/client/read-reply";
import { heldUntilSignedIn, personOnPage } from "@/lib/client/session-keeper";

/** How a file is sent. */
export interface UploadOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Told how much has gone out, from 0 to 1. `fetch` cannot say that, so this does not go through it. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Sends a file as the body of a POST and reads the JSON reply. It waits for a sign-in like every call, and throws what
 * they throw; it is not tried again by itself, since a file may be large.
 */
export function uploadFile<T>(path: readonly string[], file: Blob, options: UploadOptions = {}): Promise<T> {
  const address = withQuery(apiPath(...path), options.query ?? {});
  return heldUntilSignedIn(() => sendFile<T>(address, file, options), options.signal);
}

function sendFile<T>(address: string, file: Blob, { onProgress, signal }: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("idempotency-key", crypto.randomUUID());
    const person = personOnPage();
    if (person !== null) request.setRequestHeader("x-countervail-person", person);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body = parseJson(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new ApiProblem(problemOf(request.status, request.getResponseHeader("x-request-id") ?? "", body)));
    };
    request.onerror = () => reject(new NetworkError(isOffline()));
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
