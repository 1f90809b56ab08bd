import { createHash, type Hash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@/lib/contracts/failure";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { tooLargeWords } from "@/lib/domain/evidence/file-rules";
import { orUnwritable } from "@/lib/durable";
import { orStorageFailure, stored } from "@/lib/storage/storage-failure";

/** Received bytes in a temporary file, before it is decided what becomes of them. */
export interface Draft {
  readonly path: string;
  readonly size: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** Drafts that there may be at once: with the largest file's size it is the most room that they take on the disk. */
export const MOST_DRAFTS = 16;
let drafts = 0;

/**
 * Writes a body into a temporary file while it comes, counting and hashing; never more than a chunk of it is in memory.
 * It stops at the limit, when nothing comes for long, and when it takes too long as a whole. Whatever ends it early leaves
 * no file behind; the caller removes a draft with {@link dropDraft} unless a store took it over.
 * @throws Failure too_large, too_slow, malformed, storage_full; unavailable while too many others are at it
 */
export async function receiveDraft(
  folder: string,
  body: ReadableStream<Uint8Array> | null,
  limits: FileLimits,
): Promise<Draft> {
  if (drafts >= MOST_DRAFTS) {
    throw new Failure("unavailable", "Many files are being received. Please send yours again in a moment.", {
      retryAfter: 5,
    });
  }
  drafts += 1;
  try {
    return await writeDraft(folder, body, limits);
  } catch (error) {
    drafts -= 1;
    throw error;
  }
}

async function writeDraft(folder: string, body: ReadableStream<Uint8Array> | null, limits: FileLimits): Promise<Draft> {
  await stored(mkdir(folder, { recursive: true, mode: 0o700 }));
  const path = join(folder, randomUUID());
  const file = await stored(open(path, "wx", 0o600));
  const hash = createHash("sha256");
  try {
    const size = body ? await orStorageFailure(pour(body, file, hash, limits)) : 0;
    await stored(file.sync());
    await stored(file.close());
    return { path, size, sha256: hash.digest("hex") };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

/** Ends a draft, once, and removes its file if a store has not taken it over. */
export async function dropDraft(draft: Draft): Promise<void> {
  drafts -= 1;
  await rm(draft.path, { force: true });
}

async function pour(
  body: ReadableStream<Uint8Array>,
  file: FileHandle,
  hash: Hash,
  limits: FileLimits,
): Promise<number> {
  // The reader is left as it is when we stop: to cancel it would close the connection before the refusal is sent.
  const reader = body.getReader();
  const end = performance.now() + limits.uploadMs;
  let size = 0;
  for (;;) {
    const wait = Math.min(limits.silenceMs, end - performance.now());
    const part = wait > 0 ? await within(wait, readPart(reader)) : null;
    if (part === null) throw tooSlow(limits);
    if (part.done) return size;
    size += part.value.byteLength;
    if (size > limits.fileBytes) throw new Failure("too_large", tooLargeWords(limits));
    hash.update(part.value);
    // `write` is one call of the system, which may write less and say nothing.
    await orUnwritable(file.writeFile(part.value));
  }
}

/** Whoever leaves before the file is whole gets no reply; it is no defect of ours. */
async function readPart(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new Failure("malformed", "The upload ended before the file was whole.");
  }
}

/** Null when the time is over first. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

function tooSlow(limits: FileLimits): Failure {
  const seconds = (milliseconds: number) => Math.round(milliseconds / 1_000);
  return new Failure(
    "too_slow",
    `The upload took too long: at most ${seconds(limits.uploadMs)} seconds, and no pause of more than ${seconds(limits.silenceMs)}.`,
  );
}
