import { Failure } from "@/lib/contracts/failure";
import { LARGEST_PLAN } from "@/lib/contracts/oscal-import";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { readPlanInWorker } from "@/lib/render/oscal/read-in-worker";
import { type ThreadWords, threadFailure } from "@/lib/services/export/thread-failure";
import { receiveFile } from "@/lib/services/sheets/receive-file";

/** The bytes of a plan as they come, up to the limit. @throws Failure too_large, malformed, invalid */
export function receivePlan(body: ReadableStream<Uint8Array> | null, announced: number | null): Promise<Buffer> {
  return receiveFile(body, announced, { most: LARGEST_PLAN, tooLarge: "A plan may have at most 8 MB." });
}

/**
 * Reads a file as a plan that Countervail wrote: valid by NIST's schema, and to the letter what was exported.
 * @throws Failure invalid with the reason and the places; unavailable when too many ask at once or it takes too long
 */
export async function readBook(bytes: Buffer, signal?: AbortSignal): Promise<OscalBook> {
  const read = await readPlanInWorker(textOf(bytes), signal ? { signal } : {});
  if (!read.ok) throw threadFailure(read.error, WORDS);
  if ("book" in read.value) return read.value.book;
  const { refused, problems } = read.value;
  const errors = problems.map(({ at, message }) => ({ path: at, message }));
  throw new Failure("invalid", refused, { errors: errors.length > 0 ? errors : [{ path: "file", message: refused }] });
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = "This file is no text in UTF-8. Choose the file that “OSCAL, POA&M” gives.";
    throw new Failure("invalid", message, { errors: [{ path: "file", message }] });
  }
}

const WORDS: ThreadWords = {
  busy: "Other plans are being read. Please try again in a moment.",
  late: (seconds) => `The plan was not read within ${seconds} seconds.`,
  tooMuch: "This plan is too large to be read.",
  givenUp: "The import was given up.",
  program: "The OSCAL worker",
  undone: "The plan could not be read",
};
