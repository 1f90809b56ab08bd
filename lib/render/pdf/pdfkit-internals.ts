import PDFDocument from "pdfkit";

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

/** An object of the file. */
export interface PdfReference {
  end(content?: Uint8Array): void;
}

/** A page's own parts. */
export interface PdfPage {
  readonly content: { write(chunk: Uint8Array): void };
  readonly fonts: Record<string, PdfReference>;
  readonly xobjects: Record<string, PdfReference>;
}

/** Opens a font in the document. */
export function embedFont(document: PDFKit.PDFDocument, name: string, file: Uint8Array): EmbeddedFont {
  document.registerFont(name, file as Buffer);
  document.font(name);
  return (document as unknown as { _font: EmbeddedFont })._font;
}

/** The document's current page. */
export function currentPage(document: PDFKit.PDFDocument): PdfPage {
  return document.page as unknown as PdfPage;
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

interface FormParts {
  readonly page: { readonly dictionary: PdfReference; readonly annotations: PdfReference[] };
  readonly _root: { readonly data: { readonly AcroForm: { readonly data: Record<string, unknown> } } };
}

/** Adds a signature field that shows nothing to the current page. @param signature its dictionary */
export function addSignatureField(document: PDFKit.PDFDocument, signature: Readonly<Record<string, unknown>>): void {
  const make = (data: object) => document.ref(data) as unknown as PdfReference;
  const { page, _root } = document as unknown as FormParts;
  const value = make(signature);
  const field = make({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: new String("Seal"),
    V: value,
    // Printed and locked, as nobody should move it.
    F: 132,
    Rect: [0, 0, 0, 0],
    P: page.dictionary,
  });
  page.annotations.push(field);
  document.initForm();
  const form = _root.data.AcroForm.data;
  // A reader that made appearances anew would change what is sealed.
  delete form.NeedAppearances;
  delete form.DA;
  Object.assign(form, { SigFlags: 3, Fields: [field] });
  value.end();
  field.end();
}

/** All bytes of a document that has ended. pdfkit writes synchronously, so everything is there at once. */
export function readAll(document: PDFKit.PDFDocument): Buffer {
  const chunks: Buffer[] = [];
  for (let chunk = document.read(); chunk !== null; chunk = document.read()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
