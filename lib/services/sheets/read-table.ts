import { Failure } from "@/lib/contracts/failure";
import { LARGEST_SHEET } from "@/lib/contracts/sheets";
import { readCsv } from "@/lib/render/sheet/csv";
import { readXlsx } from "@/lib/render/sheet/read-xlsx";
import { type ReadSheet, UnreadableSheet } from "@/lib/render/sheet/sheet";

/** What a zip archive begins with, and so a workbook; text does not. */
const ARCHIVE = Buffer.from("PK\u0003\u0004");

/** Reads a table, whichever of the two kinds of file it is. @throws Failure invalid with the reason */
export async function readTable(bytes: Buffer): Promise<ReadSheet> {
  try {
    return bytes.subarray(0, ARCHIVE.length).equals(ARCHIVE) ? await readXlsx(bytes) : readCsv(bytes);
  } catch (error) {
    if (!(error instanceof UnreadableSheet)) throw error;
    throw new Failure("invalid", error.message, { errors: [{ path: "file", message: error.message }] });
  }
}

/** The bytes of a file as they come, up to the limit. @throws Failure too_large, malformed */
export async function receiveTable(body: ReadableStream<Uint8Array> | null, announced: number | null): Promise<Buffer> {
  const tooLarge = () => new Failure("too_large", "A table may have at most 2 MB.");
  if (announced !== null && announced > LARGEST_SHEET) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > LARGEST_SHEET) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("malformed", "The file ended before it was whole.");
  }
  if (size === 0) throw new Failure("invalid", EMPTY, { errors: [{ path: "file", message: EMPTY }] });
  return Buffer.concat(chunks);
}

const EMPTY = "The file is empty.";
