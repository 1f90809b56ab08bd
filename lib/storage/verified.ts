import { createHash } from "node:crypto";
import { Readable, Transform } from "node:stream";
import type { BlobStore, OpenBlob } from "@/lib/storage/blob-store";
import { orUnreadable, readStored } from "@/lib/storage/storage-failure";

/** What stored bytes have to be. */
export interface Expected {
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly size: number;
}

/** Breaks off the reading of stored bytes that are not, or no more, the expected ones. */
export class NotAsExpected extends Error {
  override readonly name = "NotAsExpected";
}

/** Whether what lies under a key are the expected bytes. @param signal ends the reading */
export async function isWhole(
  store: BlobStore,
  key: string,
  expected: Expected,
  signal?: AbortSignal,
): Promise<boolean> {
  const blob = await store.open(key, signal);
  if (!blob) return false;
  try {
    return await hashes(blob, expected);
  } finally {
    await blob.close();
  }
}

/**
 * The stored bytes, hashed on the way: when they are not the expected ones the stream breaks off before its end, with
 * NotAsExpected. For what was found whole just before. Null when they are gone. @param signal ends the reading
 */
export async function readChecked(
  store: BlobStore,
  key: string,
  expected: Expected,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array> | null> {
  const blob = await store.open(key, signal);
  return blob && (await checkedBytes(blob, expected));
}

/**
 * The stored bytes, hashed once before the first of them is handed out, so that damage is said and not sent, and once
 * more on the way: should they change in between, the stream breaks off. Null when they are damaged or gone.
 */
export async function readVerified(
  store: Pick<BlobStore, "open">,
  key: string,
  expected: Expected,
): Promise<ReadableStream<Uint8Array> | null> {
  const blob = await store.open(key);
  if (!blob) return null;
  if (await hashesOrCloses(blob, expected)) return checkedBytes(blob, expected);
  await blob.close();
  return null;
}

/** @throws what the store throws, after the blob was closed */
async function hashesOrCloses(blob: OpenBlob, expected: Expected): Promise<boolean> {
  try {
    return await hashes(blob, expected);
  } catch (error) {
    await blob.close().catch(() => undefined);
    throw error;
  }
}

async function checkedBytes(blob: OpenBlob, expected: Expected): Promise<ReadableStream<Uint8Array>> {
  try {
    const source = await blob.read();
    const checked = source.pipe(checking(expected));
    source.once("error", (error) => checked.destroy(orUnreadable(error)));
    checked.once("close", () => {
      source.destroy();
      void blob.close().catch(() => undefined);
    });
    return Readable.toWeb(checked) as ReadableStream<Uint8Array>;
  } catch (error) {
    await blob.close().catch(() => undefined);
    throw error;
  }
}

async function hashes(blob: OpenBlob, { sha256, size }: Expected): Promise<boolean> {
  if (blob.size !== size) return false;
  const hash = createHash("sha256");
  const read = async () => {
    for await (const chunk of await blob.read()) hash.update(chunk as Buffer);
  };
  await readStored(read());
  return hash.digest("hex") === sha256;
}

function checking({ sha256 }: Expected): Transform {
  const hash = createHash("sha256");
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest("hex") === sha256 ? null : new NotAsExpected("A stored file is not what it was."));
    },
  });
}
