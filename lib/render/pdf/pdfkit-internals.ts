import PDFDocument from "pdfkit";
import type { OrderedOutput } from "@/lib/render/pdf/ordered-output";

/**
 * The parts of pdfkit 0.20.2 that its published types leave out and the text layer stands on. pdfkit is pinned;
 * `pdfkit-internals.test.ts` fails when a new version changes one of them.
 */

/** Glyph positions of a shaped run, in thousandths of the size of the type. */
export interface GlyphPosition {
  readonly xAdvance: number;
  readonly advanceWidth: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** A command of a glyph's outline, in font units. */
export interface PathCommand {
  readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
  readonly args: readonly number[];
}

/** fontkit's font behind an embedded one. */
export interface ShapingFont {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string): {
    readonly glyphs: readonly { readonly path: { readonly commands: readonly PathCommand[] } }[];
    readonly positions: readonly { readonly xAdvance: number }[];
  };
}

/** pdfkit's embedded font. `encode` gives each glyph's code in the subset as four hex digits. */
export interface EmbeddedFont {
  readonly id: string;
  readonly font: ShapingFont;
  readonly ascender: number;
  readonly descender: number;
  /** Code points by glyph code: what text extraction gives back. */
  readonly unicode: number[][];
  encode(text: string): [string[], GlyphPosition[]];
  ref(): PdfReference;
}

/** An object of the file. `end` writes it, with its content where it is a stream. */
export interface PdfReference {
  readonly id: number;
  readonly data: Record<string, unknown>;
  compress: boolean;
  end(content?: Uint8Array): void;
}

/** A value that is written as it stands: pdfkit asks what it does not know for its text. */
export class Verbatim {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get [Symbol.toStringTag](): string {
    return "Verbatim";
  }

  toString(): string {
    return this.#text;
  }
}

interface Internals {
  _font: EmbeddedFont;
  _offset: number;
  _offsets: (number | null)[];
  readonly _root: PdfReference;
  readonly _info: PdfReference;
  readonly _id: Uint8Array;
  _write(data: Uint8Array | string): void;
  _finalize(): void;
  endMetadata(): void;
  endAcroForm(): void;
  getStructTreeRoot(): PdfReference;
}

function internals(document: PDFKit.PDFDocument): Internals {
  return document as unknown as Internals;
}

/** Opens a font in the document. */
export function embedFont(document: PDFKit.PDFDocument, name: string, file: Uint8Array): EmbeddedFont {
  document.registerFont(name, file as Buffer);
  document.font(name);
  return internals(document)._font;
}

/** A new document without pages and without a standard font, which would not be embedded. */
export function newDocument(options: PDFKit.PDFDocumentOptions): PDFKit.PDFDocument {
  return new PDFDocument({
    ...options,
    autoFirstPage: false,
    font: null as unknown as string,
    ...({ fontLayoutCache: false } as object),
  });
}

/** A new object of the document. */
export function newReference(document: PDFKit.PDFDocument, data: Readonly<Record<string, unknown>>): PdfReference {
  return document.ref(data) as unknown as PdfReference;
}

/** So many objects fit an object stream. */
export const MOST_PACKED = 200;

/**
 * Where an object is: its offset as the output counts or, below zero, the object stream that it is in and its index there
 * ({@link MOST_PACKED} times the stream, and the index).
 */
export type ObjectPlace = number;

/** What is written into a document through its own output, and how it is brought to an end. */
export interface DocumentParts {
  /** The entries of the catalogue, the page tree, the names and the structure's root, to be changed in place. */
  readonly catalogue: Record<string, unknown>;
  readonly pages: { readonly reference: string; readonly data: Record<string, unknown> };
  readonly names: Record<string, unknown>;
  readonly structure: { readonly reference: string; readonly data: Record<string, unknown> };
  /** Keeps an id for an object that is not pdfkit's. */
  allocate(): number;
  /** Says that the object of that id begins where the output is. */
  began(id: number): void;
  /** Says that the object of that id is in an object stream, at that index counted from 0. */
  packed(id: number, stream: number, index: number): void;
  /** Has pdfkit write its own last objects, with these metadata, and gives the place of each object; null where there is none. */
  end(metadata: string): readonly (ObjectPlace | null)[];
  /** The entries of the trailer, once the end is written. */
  trailer(): string;
}

/** Makes a tagged document write into our own output instead of its queue, which would take everything at once. */
export function redirect(document: PDFKit.PDFDocument, output: OrderedOutput): DocumentParts {
  const own = internals(document);
  for (let chunk = document.read(); chunk !== null; chunk = document.read()) output.bytes(chunk as Buffer);
  Object.defineProperty(document, "_offset", { get: () => output.offset });
  own._write = (data) => (typeof data === "string" ? output.text(`${data}\n`) : output.bytes(data));
  // The table of objects is written when the lengths of all streams are known.
  own._finalize = () => undefined;
  own.endAcroForm = () => undefined;
  const part = (reference: unknown) => ({ reference: String(reference), data: (reference as PdfReference).data });
  const catalogue = own._root.data;
  return {
    catalogue,
    pages: part(catalogue.Pages),
    names: (catalogue.Names as PdfReference).data,
    structure: part(own.getStructTreeRoot()),
    allocate: () => own._offsets.push(null),
    began: (id) => {
      own._offsets[id - 1] = output.offset;
    },
    packed: (id, stream, index) => {
      own._offsets[id - 1] = -(stream * MOST_PACKED + index);
    },
    end: (metadata) => {
      own.endMetadata = () => {
        const packet = newReference(document, { Type: "Metadata", Subtype: "XML" });
        packet.compress = false;
        packet.end(Buffer.from(metadata, "utf8"));
        catalogue.Metadata = packet;
      };
      document.end();
      return own._offsets;
    },
    trailer: () => {
      const id = `<${Buffer.from(own._id).toString("hex")}>`;
      return `/Root ${own._root}/Info ${own._info}/ID [${id} ${id}]`;
    },
  };
}
