import type { Book } from "@/lib/render/pdf/book";
import { newReference, Verbatim } from "@/lib/render/pdf/pdfkit-internals";
import { Tag } from "@/lib/render/pdf/structure";
import type { SealSpace } from "@/lib/render/pdf/view-model";
import { objectStarts } from "@/lib/render/pdf/xref-stream";

const WIDEST = 9_999_999_999;
const RANGE = `/ByteRange [0 ${WIDEST} ${WIDEST} ${WIDEST}]`;
const HEAD = "<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n";
const OPENING = `${HEAD}${RANGE}\n/Contents <`;

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

/** A PDF whose seal can be put in. */
export interface UnsealedPdf {
  /** What the seal is over, in two parts: everything but the seal itself. */
  readonly signed: readonly [Uint8Array, Uint8Array];
  /** How long a seal may be, in bytes. */
  readonly room: number;
  /** Puts the seal, a CMS signature in DER, into the PDF and gives it back. @throws RangeError when it is too long */
  readonly fill: (seal: Uint8Array) => Buffer;
}

/**
 * Finds the empty seal in a PDF of this renderer and names in it the bytes that the seal is over. It is found as an
 * object that the table of objects names, so that no text in the document can pass for it.
 * @throws RangeError when there is not exactly one
 */
export function openSealSpace(pdf: Buffer): UnsealedPdf {
  const starts = objectStarts(pdf).filter((at) => pdf.subarray(at, at + OPENING.length).toString("latin1") === OPENING);
  const [object, ...more] = starts;
  if (object === undefined || more.length > 0) throw new RangeError("This PDF has no place for one seal.");
  const begin = object + OPENING.length - 1;
  const end = pdf.indexOf(">", begin) + 1;
  const range = `/ByteRange [0 ${begin} ${end} ${pdf.length - end}]`.padEnd(RANGE.length);
  const ranged = Buffer.from(pdf);
  ranged.write(range, object + HEAD.length, "latin1");
  const room = (end - begin - 2) / 2;
  return {
    signed: [ranged.subarray(0, begin), ranged.subarray(end)],
    room,
    fill: (seal) => {
      if (seal.length > room) throw new RangeError(`The seal has ${seal.length} bytes, and there is room for ${room}.`);
      // The rest of the room keeps its zeros; no copy, which for a large PDF would be many megabytes more.
      ranged.write(Buffer.from(seal).toString("hex"), begin + 1, "latin1");
      return ranged;
    },
  };
}
