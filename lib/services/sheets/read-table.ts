import { Failure } from "@/lib/contracts/failure";
import { LARGEST_SHEET } from "@/lib/contracts/sheets";
import { readCsvInSlices } from "@/lib/render/sheet/csv";
import { readXlsx } from "@/lib/render/sheet/read-xlsx";
import { type ReadSheet, UnreadableSheet } from "@/lib/render/sheet/sheet";
import { receiveFile } from "@/lib/services/sheets/receive-file";

/** What a zip archive begins with, and so a workbook; text does not. */
const ARCHIVE = Buffer.from("PK\u0003\u0004");

/** Reads a table, whichever of the two kinds of file it is. @throws Failure invalid with the reason */
export async function readTable(bytes: Buffer): Promise<ReadSheet> {
  try {
    return bytes.subarray(0, ARCHIVE.length).equals(ARCHIVE) ? await readXlsx(bytes) : await readCsvInSlices(bytes);
  } catch (error) {
    if (!(error instanceof UnreadableSheet)) throw error;
    throw new Failure("invalid", error.message, { errors: [{ path: "file", message: error.message }] });
  }
}

/** The bytes of a table as they come, up to the limit. @throws Failure too_large, malformed */
export function receiveTable(body: ReadableStream<Uint8Array> | null, announced: number | null): Promise<Buffer> {
  return receiveFile(body, announced, { most: LARGEST_SHEET, tooLarge: "A table may have at most 2 MB." });
}
