import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { writeAt } from "@/lib/durable";
import type { Book } from "@/lib/render/pdf/book";
import { newReference, Verbatim } from "@/lib/render/pdf/pdfkit-internals";
import { Tag } from "@/lib/render/pdf/structure";
import type { SealSpace } from "@/lib/render/pdf/view-model";
import { objectStarts, type ReadablePart } from "@/lib/render/pdf/xref-stream";

const WIDEST = 9_999_999_999;
const RANGE = `/ByteRange [0 ${WIDEST} ${WIDEST} ${WIDEST}]`;
const HEAD = "<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n";
const OPENING = `${HEAD}${RANGE}\n/Contents <`;
const OPENING_BYTES = Buffer.from(OPENING, "latin1");
/** The most that a place for a seal takes, in bytes: two for each byte of the seal. */
const LONGEST = 128 * 1024;
/** A PDF is read in pieces of this size. */
const PIECE = 256 * 1024;

/** Writes a signature field with an empty seal into a document, on its current page, where it shows nothing. */
export function addSealSpace(book: Book, { room, at }: SealSpace): void {
  const { writer } = book;
  const seal = newReference(writer.document, {
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "ETSI.CAdES.detached",
    ByteRange: [0, WIDEST, WIDEST, WIDEST],
    Contents: Buffer.alloc(room),
    M: new Date(at),
  });
  seal.end();
  // Printed and locked, as nobody should move it.
  const looks = "/F 132/Rect[0 0 0 0]";
  const field = `/Subtype/Widget/FT/Sig/T(Seal)/TU(Seal of the service)/V ${seal.id} 0 R${looks}`;
  const id = book.currentSheet.annotate(new Tag("Form"), field);
  // No request to draw fields anew: a reader that did would change what is sealed.
  writer.catalogue.AcroForm = new Verbatim(`<</SigFlags 3/Fields[${id} 0 R]>>`);
}

/** A PDF in a file, whose seal can be put in. */
export interface UnsealedPdf {
  /** SHA-256 of what the seal is over: everything but the seal itself. */
  readonly digest: Buffer;
  /** How long a seal may be, in bytes. */
  readonly room: number;
  /** Writes the seal, a CMS signature in DER, to its place. @throws RangeError when it is too long; Unwritable */
  readonly fill: (seal: Uint8Array) => Promise<void>;
}

/**
 * Finds the empty seal in a PDF of this renderer and writes into the file which bytes the seal is over. It is found as an
 * object that the table of objects names, so that no text in the document can pass for it. The file is read in pieces:
 * what is held does not grow with it, but for eight bytes for each object. @param file open for reading and writing
 * @throws RangeError when there is not exactly one; Unwritable
 */
export async function openSealSpace(file: FileHandle): Promise<UnsealedPdf> {
  const { size } = await file.stat();
  const pdf: ReadablePart = { size, read: (at, length) => readAt(file, at, length) };
  const [object, ...more] = await openings(pdf);
  if (object === undefined || more.length > 0) throw new RangeError("This PDF has no place for one seal.");
  const begin = object + OPENING.length - 1;
  const length = (await pdf.read(begin, LONGEST)).indexOf(">") + 1;
  if (length === 0) throw new RangeError("This PDF's place for a seal has no end.");
  const end = begin + length;
  const range = `/ByteRange [0 ${begin} ${end} ${size - end}]`.padEnd(RANGE.length);
  await writeAt(file, Buffer.from(range, "latin1"), object + HEAD.length);
  const room = (length - 2) / 2;
  return {
    digest: await digestOf(pdf, [
      [0, begin],
      [end, size],
    ]),
    room,
    fill: async (seal) => {
      if (seal.length > room) throw new RangeError(`The seal has ${seal.length} bytes, and there is room for ${room}.`);
      // The rest of the room keeps its zeros.
      const hex = Buffer.from(Buffer.from(seal).toString("hex"), "latin1");
      await writeAt(file, hex, begin + 1);
    },
  };
}

/** Where objects that are empty seals begin. */
async function openings(pdf: ReadablePart): Promise<number[]> {
  const starts = (await objectStarts(pdf)).sort((a, b) => a - b);
  const found: number[] = [];
  let piece: { readonly at: number; readonly bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) };
  for (const start of starts) {
    if (start + OPENING.length > piece.at + piece.bytes.length)
      piece = { at: start, bytes: await pdf.read(start, PIECE) };
    const from = start - piece.at;
    if (piece.bytes.subarray(from, from + OPENING.length).equals(OPENING_BYTES)) found.push(start);
  }
  return found;
}

async function digestOf(pdf: ReadablePart, parts: readonly (readonly [from: number, to: number])[]): Promise<Buffer> {
  const hash = createHash("sha256");
  for (const [from, to] of parts) {
    for (let at = from; at < to; at += PIECE) hash.update(await pdf.read(at, Math.min(PIECE, to - at)));
  }
  return hash.digest();
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
