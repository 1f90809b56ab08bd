import { Face, type Shaped } from "@/lib/render/pdf/face";
import type { FaceName, FontFiles } from "@/lib/render/pdf/font-files";
import { type EmbeddedFont, embedFont } from "@/lib/render/pdf/pdfkit-internals";
import { isCombining } from "@/lib/render/pdf/visible-text";

/** The choice of letters that matters to the fonts. */
export interface Lettering {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
}

/** Text in one style, shaped: a stretch for each font that it needed. */
export interface ShapedText {
  readonly width: number;
  readonly stretches: readonly { readonly face: Face; readonly glyphs: string }[];
}

/** Enough for the words of a long workbook; beyond it the cache starts anew, so that memory stays bounded. */
const CACHED_WORDS = 40_000;

function chainOf({ bold, italic, mono }: Lettering): readonly FaceName[] {
  const code: FaceName = bold ? "monoBold" : "mono";
  if (mono) return [code, bold ? "bold" : "regular", "symbols"];
  if (bold) return [italic ? "boldItalic" : "bold", code, "symbols"];
  return [italic ? "italic" : "regular", code, "symbols"];
}

/** The fonts of one document: opened when first needed, with the next in the chain for what one lacks. */
export class Fonts {
  readonly #document: PDFKit.PDFDocument;
  readonly #files: FontFiles;
  readonly #faces = new Map<FaceName, Face>();
  /** What has been found out for each of the eight letterings. */
  readonly #letterings = Array.from({ length: 8 }, () => ({
    faces: new Map<number, Face | null>(),
    words: new Map<string, ShapedText>(),
  }));

  constructor(document: PDFKit.PDFDocument, files: FontFiles) {
    this.#document = document;
    this.#files = files;
  }

  /** A face by name. */
  face(name: FaceName): Face {
    let face = this.#faces.get(name);
    if (!face) {
      const font: EmbeddedFont = embedFont(this.#document, name, this.#files[name]);
      face = new Face(font, !name.startsWith("mono"));
      this.#faces.set(name, face);
    }
    return face;
  }

  /** The first face of the style's chain that has the character, or null when none has. */
  faceFor(codePoint: number, lettering: Lettering): Face | null {
    const { faces } = this.#lettering(lettering);
    const known = faces.get(codePoint);
    if (known !== undefined) return known;
    const name = chainOf(lettering).find((one) => this.face(one).has(codePoint));
    const face = name ? this.face(name) : null;
    faces.set(codePoint, face);
    return face;
  }

  /** The width of one drawable character, in thousandths of the size of the type, kerning aside. */
  advance(character: string, lettering: Lettering): number {
    return this.faceFor(character.codePointAt(0) ?? 0, lettering)?.advance(character) ?? 0;
  }

  /** Shapes drawable text without blanks or breaks, as a rule a word. */
  shape(text: string, lettering: Lettering): ShapedText {
    const { words } = this.#lettering(lettering);
    const known = words.get(text);
    if (known) return known;
    const shaped = this.#shape(text, lettering);
    if (words.size >= CACHED_WORDS) words.clear();
    words.set(text, shaped);
    return shaped;
  }

  #lettering({ bold, italic, mono }: Lettering) {
    const found = this.#letterings[(bold ? 1 : 0) + (italic ? 2 : 0) + (mono ? 4 : 0)];
    if (!found) throw new Error("There are eight letterings.");
    return found;
  }

  #shape(text: string, lettering: Lettering): ShapedText {
    const stretches: { face: Face; text: string }[] = [];
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const last = stretches.at(-1);
      // An accent stays with its letter where the letter's font has it, or it would sit beside it.
      const face =
        last && isCombining(character) && last.face.has(codePoint) ? last.face : this.faceFor(codePoint, lettering);
      if (!face) continue;
      if (last?.face === face) last.text += character;
      else stretches.push({ face, text: character });
    }
    let width = 0;
    const shaped = stretches.map((stretch) => {
      const part: Shaped = stretch.face.shape(stretch.text);
      width += part.width;
      return { face: stretch.face, glyphs: part.glyphs };
    });
    return { width, stretches: shaped };
  }
}
