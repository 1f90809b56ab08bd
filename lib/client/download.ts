import { ApiProblem, isAborted, NetworkError } from "@/lib/client/errors";
import { isOffline } from "@/lib/client/offline";
import { problemOf } from "@/lib/client/read-reply";
import { heldUntilSignedIn, personOnPage } from "@/lib/client/session-keeper";

/**
 * Fetches a file and hands it to the browser as a download, under the name that the server gives it.
 * Throws `ApiProblem` or `NetworkError`, so that a failed export can be explained where it was asked for.
 */
export async function download(address: string, fallbackName: string): Promise<void> {
  const { blob, name } = await fetchFile(address);
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name ?? fallbackName;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A file as it came, and the name that the server gives it. */
export interface FetchedFile {
  readonly blob: Blob;
  readonly name: string | null;
}

/**
 * Fetches a file as a whole. @param signal gives it up
 * @throws ApiProblem, NetworkError also where the connection breaks in the midst of it; the browser's AbortError
 */
export function fetchFile(address: string, signal?: AbortSignal): Promise<FetchedFile> {
  return heldUntilSignedIn(async () => {
    const response = await requestFile(address, signal);
    const blob = await response.blob().catch(unreached);
    return { blob, name: fileNameOf(response.headers.get("content-disposition")) };
  }, signal);
}

async function requestFile(address: string, signal?: AbortSignal): Promise<Response> {
  const person = personOnPage();
  const headers: Record<string, string> = person === null ? {} : { "x-countervail-person": person };
  const init: RequestInit = { credentials: "same-origin", cache: "no-store", headers, signal: signal ?? null };
  const response = await fetch(address, init).catch(unreached);
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => null);
  throw new ApiProblem(problemOf(response.status, response.headers.get("x-request-id") ?? "", body));
}

function unreached(error: unknown): never {
  if (isAborted(error)) throw error;
  throw new NetworkError(isOffline(), { cause: error });
}

/** The file name in a Content-Disposition header, the encoded form first; null when there is none. */
export function fileNameOf(header: string | null): string | null {
  const encoded = header?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (encoded && !/%(?![0-9a-f]{2})/i.test(encoded)) return decodeURIComponent(encoded);
  return header?.match(/filename="([^"]+)"/i)?.[1] ?? null;
}
