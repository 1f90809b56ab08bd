import { Face } from "@/lib/render/pdf/face";
import type { FaceName, FontFiles } from "@/lib/render/pdf/font-files";
import { embedFont } from "@/lib/render/pdf/pdfkit-internals";
import type { Lettering, ShapedText } from "@/lib/render/pdf/shaped-text";
import { type Piece, tokenPieces } from "@/lib/render/pdf/token-pieces";
import { isCombining } from "@/lib/render/pdf/visible-text";

/** What has been found out for a lettering. */
interface Known {
  /** Its first face, which has all of ASCII. */
  readonly first: Face;
  readonly faces: Map<number, Face | null>;
  readonly words: Map<string, readonly Piece[]>;
  readonly blanks: Map<string, ShapedText>;
}

/** Enough for the words of a long workbook; beyond it the cache starts anew, so that memory stays bounded. */
const CACHED_WORDS = 40_000;
/** Longer words hardly come again. */
const LONGEST_CACHED = 32;
/** Digests, numbers, times, addresses: each is another, and none needs kerning. */
const CODE = /^[\x21-\x2f\x3a-\x7e]*[0-9][\x21-\x7e]*$/;
const HEBREW = /[\u0590-\u05ff\ufb1d-\ufb4f]/;

function chainOf({ bold, italic, mono }: Lettering, codePoint: number): readonly FaceName[] {
  if (HEBREW.test(String.fromCodePoint(codePoint))) return [bold ? "hebrewBold" : "hebrew", "symbols"];
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
  /** One for each of the eight letterings that has been asked for. */
  readonly #known: (Known | undefined)[] = new Array(8).fill(undefined);
  readonly #marked = new Set<number>();

  constructor(document: PDFKit.PDFDocument, files: FontFiles) {
    this.#document = document;
    this.#files = files;
  }

  /** Code points that a mark was drawn for, because no font has them or they do not show, in ascending order. */
  get marked(): readonly number[] {
    return [...this.#marked].sort((a, b) => a - b);
  }

  /** Remembers that a mark is drawn for a character. */
  noteMark(codePoint: number): void {
    this.#marked.add(codePoint);
  }

  /** A face by name. */
  face(name: FaceName): Face {
    let face = this.#faces.get(name);
    if (!face) {
      face = new Face(embedFont(this.#document, name, this.#files[name]), !name.startsWith("mono"));
      this.#faces.set(name, face);
    }
    return face;
  }

  /** The first face of the style's chain that has the character, or null when none has. */
  faceFor(codePoint: number, lettering: Lettering): Face | null {
    const { faces } = this.#lettering(lettering);
    const known = faces.get(codePoint);
    if (known !== undefined) return known;
    const name = chainOf(lettering, codePoint).find((one) => this.face(one).has(codePoint));
    const face = name ? this.face(name) : null;
    faces.set(codePoint, face);
    return face;
  }

  /** The width of one drawable character, in thousandths of the size of the type, kerning aside. */
  advance(character: string, lettering: Lettering): number {
    return this.faceFor(character.codePointAt(0) ?? 0, lettering)?.advance(character) ?? 0;
  }

  /** Shapes drawable text without breaks. */
  shape(text: string, lettering: Lettering): ShapedText {
    if (CODE.test(text)) {
      const face = this.#lettering(lettering).first;
      const { width, glyphs } = face.plain(text);
      return { width, stretches: [{ face, glyphs }] };
    }
    let width = 0;
    const stretches = this.#stretches(text, lettering).map(({ face, part }) => {
      const shaped = face.shape(part);
      width += shaped.width;
      return { face, glyphs: shaped.glyphs };
    });
    return { width, stretches };
  }

  /** Shapes blanks. */
  blanks(text: string, lettering: Lettering): ShapedText {
    const { blanks } = this.#lettering(lettering);
    let shaped = blanks.get(text);
    if (!shaped) {
      shaped = this.shape(text, lettering);
      if (text.length < 16) blanks.set(text, shaped);
    }
    return shaped;
  }

  /** Shapes a word that goes from right to left. */
  shapeBackwards(text: string, lettering: Lettering): ShapedText {
    let width = 0;
    const stretches = this.#stretches(text, lettering).map(({ face, part }) => {
      const shaped = face.layout(part, true);
      width += shaped.width;
      return { face, glyphs: shaped.glyphs };
    });
    return { width, stretches: stretches.reverse() };
  }

  /** The pieces of a word, text without blanks at which a line may break, that hardly comes a second time. */
  rarePieces(token: string, lettering: Lettering): readonly Piece[] {
    return tokenPieces(token, lettering, this);
  }

  /** The pieces of a word that may come again. */
  pieces(token: string, lettering: Lettering): readonly Piece[] {
    if (token.length > LONGEST_CACHED) return this.rarePieces(token, lettering);
    const { words } = this.#lettering(lettering);
    const known = words.get(token);
    if (known) return known;
    const pieces = tokenPieces(token, lettering, this);
    if (words.size >= CACHED_WORDS) words.clear();
    words.set(token, pieces);
    return pieces;
  }

  #lettering(lettering: Lettering): Known {
    const index = (lettering.bold ? 1 : 0) + (lettering.italic ? 2 : 0) + (lettering.mono ? 4 : 0);
    let known = this.#known[index];
    if (!known) {
      const [first] = chainOf(lettering, 0x20);
      known = { first: this.face(first ?? "regular"), faces: new Map(), words: new Map(), blanks: new Map() };
      this.#known[index] = known;
    }
    return known;
  }

  #stretches(text: string, lettering: Lettering): readonly { readonly face: Face; readonly part: string }[] {
    const stretches: { face: Face; part: string }[] = [];
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const last = stretches.at(-1);
      // An accent stays with its letter where the letter's font has it, or it would sit beside it.
      const face =
        last && isCombining(character) && last.face.has(codePoint) ? last.face : this.faceFor(codePoint, lettering);
      if (!face) continue;
      if (last?.face === face) last.part += character;
      else stretches.push({ face, part: character });
    }
    return stretches;
  }
}
