import type { FileHandle } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import { FILE_KINDS, type FileKindName } from "@/lib/domain/evidence/file-kinds";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { type FileRefusal, refuseContent, refuseFile } from "@/lib/domain/evidence/file-rules";
import { ok, type Result } from "@/lib/domain/result";
import { jpegSize, pngSize } from "@/lib/storage/inspect/picture";

/** How much of the beginning is looked at: the frame header of a JPEG may lie behind a colour profile and previews. */
const HEAD = 1_000_000;
/** How much of the beginning says what a file is. */
const TYPE_HEAD = 4_100;
/** The end of a zip's directory lies this near the end of a file. */
const TAIL = 22 + 0xffff;
const ZIP_END = Buffer.from("PK\x05\x06", "latin1");
const PNG_END = Buffer.from("0000000049454e44ae426082", "hex");

const TRAILING = "Something else is attached behind its end, so that it could be read as another kind of file.";

/** Whether a file begins and ends as its kind does. A text has no mark of its own: being one is looked at as it is read. */
export async function checkSignature(
  file: FileHandle,
  size: number,
  kind: FileKindName,
  limits: FileLimits,
): Promise<Result<null, FileRefusal>> {
  if (FILE_KINDS[kind].nature === "text") return ok(null);
  const head = await readAt(file, 0, Math.min(size, HEAD));
  const found = await typeOf(head);
  if (FILE_KINDS[kind].nature === "container") {
    return head.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1"))
      ? ok(null)
      : refuseContent(kind, found?.words ?? null);
  }
  if (found?.extension !== kind) return refuseContent(kind, found?.words ?? null);
  const tail = await readAt(file, Math.max(size - TAIL, 0), Math.min(size, TAIL));
  if (tail.includes(ZIP_END)) return refuseFile("trailing_data", TRAILING);
  if (kind === "pdf") return checkPdf(head, tail);
  return checkPicture(kind, head, tail, limits);
}

function checkPdf(head: Buffer, tail: Buffer): Result<null, FileRefusal> {
  const isPdf = head.subarray(0, 5).toString("latin1") === "%PDF-";
  if (!isPdf) return refuseContent("pdf", null);
  const end = tail.subarray(-2_048).lastIndexOf("%%EOF", undefined, "latin1");
  if (end < 0) return refuseContent("pdf", "cut off: the mark at its end is missing");
  return ok(null);
}

function checkPicture(kind: FileKindName, head: Buffer, tail: Buffer, limits: FileLimits): Result<null, FileRefusal> {
  const size = kind === "png" ? pngSize(head) : jpegSize(head);
  if (!size) return refuseContent(kind, "broken: it does not say how large the picture is");
  if (size.width * size.height > limits.pixels) {
    const most = (limits.pixels / 1_000_000).toLocaleString("en");
    return refuseFile(
      "picture_size",
      `The picture has ${size.width} × ${size.height} pixels; at most ${most} million are taken.`,
    );
  }
  if (kind === "png" && !tail.subarray(-PNG_END.length).equals(PNG_END)) return refuseFile("trailing_data", TRAILING);
  // Cameras pad with zeros.
  if (kind === "jpg" && !/\xff\xd9\0{0,4096}$/.test(tail.subarray(-4_100).toString("latin1"))) {
    return refuseFile("trailing_data", TRAILING);
  }
  return ok(null);
}

/** What some bytes are by their beginning, or null for what has no mark of its own, as text. */
async function typeOf(head: Buffer): Promise<{ readonly extension: string; readonly words: string } | null> {
  const found = await fileTypeFromBuffer(head.subarray(0, TYPE_HEAD)).catch(() => undefined);
  return found ? { extension: found.ext, words: `of the kind ${found.ext} (${found.mime})` } : null;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
