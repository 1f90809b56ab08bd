import { createHmac } from "node:crypto";
import type { Readable } from "node:stream";
import type { Draft } from "@/lib/storage/draft";

/** An object as a store lists it. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** When it was written last. */
  readonly at: Date;
}

/** Stored bytes that can be read more than once, always the same ones. */
export interface OpenBlob {
  readonly size: number;
  /** From the first byte on; one after another, not two at a time. */
  read(): Promise<Readable>;
  close(): Promise<void>;
}

/** Where bytes are kept, each under a key that its content decides. Nothing in it is ever changed. */
export interface BlobStore {
  /**
   * Takes a draft over. What lies there already stays, unless it is to be replaced because it was found damaged.
   * @throws Failure storage_full
   */
  put(key: string, draft: Draft, options?: { readonly replace?: boolean }): Promise<void>;
  /** Whether something lies under the key. */
  has(key: string): Promise<boolean>;
  /** Opens for reading; null when nothing is there. @param signal ends the opening and the readings, also in between */
  open(key: string, signal?: AbortSignal): Promise<OpenBlob | null>;
  list(): AsyncIterable<StoredObject>;
  remove(key: string): Promise<void>;
}

/**
 * The key of some content of an organisation: `<organisation>/<aa>/<hmac>`. The digest goes through a secret of the
 * organisation, so that nobody who sees keys, or asks whether one is there, learns who stores a file that they know.
 * @param secret 32 random bytes of the organisation
 */
export function blobKey(organisationId: string, secret: Uint8Array, sha256: string): string {
  const name = createHmac("sha256", secret).update(Buffer.from(sha256, "hex")).digest("hex");
  return `${organisationId}/${name.slice(0, 2)}/${name}`;
}

/** Whether a text is one of our keys: nothing else is ever opened, listed or removed. */
export function isBlobKey(text: string): boolean {
  return /^[0-9a-f-]{36}\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/.test(text);
}
