import { rounded } from "@/lib/render/pdf/pdf-values";
import type { EmbeddedFont } from "@/lib/render/pdf/pdfkit-internals";

/**
 * Shaped text: its width in thousandths of the size of the type, and its glyphs as they stand between the first `(` and
 * the last `)` of a PDF `TJ` array, two bytes each, so that stretches are joined by writing one behind the other.
 */
export interface Shaped {
  readonly width: number;
  readonly glyphs: string;
}

interface Glyph {
  /** The code in the subset. */
  readonly code: number;
  /** The code as it stands in a string of the page. */
  readonly bytes: string;
  readonly width: number;
  /** False when one character became several glyphs, which then need their own positions. */
  readonly single: boolean;
}

/** Several code points share a glyph in our fonts; extraction gives back the one people type. */
const EXTRACTED_AS: ReadonlyMap<number, number> = new Map([
  [0xb5, 0x3bc],
  [0x3d5, 0x3c6],
  [0x2206, 0x394],
  [0x2126, 0x3a9],
  [0xa0, 0x20],
  [0xad, 0x2d],
  [0x2010, 0x2d],
  [0x2011, 0x2d],
]);

/** Longest text that is shaped with kerning; in longer runs only advances count. */
const LONGEST_KERNED = 48;
/** Marks that sit on the character before them. */
const COMBINING = /\p{M}/u;
/** Glyphs of characters below this are found by their number at once. */
const NEAR = 0x530;

/**
 * One embedded font with what has been learnt of its glyphs. fontkit is asked once for each character and once for
 * each pair, which is many times quicker than shaping every word anew.
 */
export class Face {
  readonly #font: EmbeddedFont;
  readonly #kerned: boolean;
  readonly #near: (Glyph | undefined)[] = new Array(NEAR).fill(undefined);
  readonly #far = new Map<number, Glyph>();
  readonly #kerning = new Map<number, number | null>();

  constructor(font: EmbeddedFont, kerned: boolean) {
    this.#font = font;
    this.#kerned = kerned;
  }

  /** The name of the font in a page's resources. */
  get resource(): string {
    return this.#font.id;
  }

  /** The font itself, for the writer of the file. */
  get embedded(): EmbeddedFont {
    return this.#font;
  }

  /** Whether the font has a glyph for the character. */
  has(codePoint: number): boolean {
    return this.#font.font.hasGlyphForCodePoint(codePoint);
  }

  /** The width of one character in thousandths of the size of the type. */
  advance(character: string): number {
    return this.#glyph(character.codePointAt(0) ?? 0).width;
  }

  /** Text whose letters stand beside each other as they are: codes, digests, numbers. One code unit is one character. */
  plain(text: string): Shaped {
    let width = 0;
    let glyphs = "";
    for (let at = 0; at < text.length; at += 1) {
      const glyph = this.#glyph(text.charCodeAt(at));
      glyphs += glyph.bytes;
      width += glyph.width;
    }
    return { width, glyphs };
  }

  /** Shapes text that this font has all glyphs for. */
  shape(text: string): Shaped {
    const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    if (codePoints.length > LONGEST_KERNED) return this.#oneByOne(codePoints);
    if (COMBINING.test(text)) return this.layout(text);
    if (this.#kerned) this.#learnPairs(text, codePoints);
    return this.#paired(codePoints) ?? this.layout(text);
  }

  /** Text by its glyphs and pairs; null when letters become other glyphs. */
  #paired(codePoints: readonly number[]): Shaped | null {
    let width = 0;
    let glyphs = "";
    for (let index = 0; index < codePoints.length; index += 1) {
      const codePoint = codePoints[index] ?? 0;
      const next = codePoints[index + 1];
      const glyph = this.#glyph(codePoint);
      const kern = !this.#kerned || next === undefined ? 0 : this.#kern(codePoint, next);
      if (!glyph.single || kern === null) return null;
      glyphs += glyph.bytes;
      width += glyph.width + kern;
      if (kern) glyphs += `)${rounded(-kern)}(`;
    }
    return { width, glyphs };
  }

  /**
   * Shapes text by the font's own rules: scripts that go from right to left come out in the order of the page.
   * @param placed whether marks are moved to where the font wants them. Fonts of Latin have them near enough as they are,
   * and programs that extract text take a moved one for the beginning of a word.
   */
  layout(text: string, placed = false): Shaped {
    // A letter with accents may be drawn as its parts, and those have to be known for what they are when text is taken out.
    for (const part of text.normalize("NFD")) {
      const codePoint = part.codePointAt(0) ?? 0;
      if (this.has(codePoint)) this.#glyph(codePoint);
    }
    const encoded = this.#encode(text);
    if (!encoded) return this.#oneByOne(Array.from(text, (character) => character.codePointAt(0) ?? 0));
    const [codes, positions] = encoded;
    let width = 0;
    let glyphs = "";
    for (const [index, code] of codes.entries()) {
      const position = positions[index];
      const bytes = bytesOf(Number.parseInt(code, 16));
      if (!position) {
        glyphs += bytes;
        continue;
      }
      width += position.xAdvance;
      const aside = placed ? rounded(position.xOffset) : 0;
      const shift = rounded(position.xAdvance - position.advanceWidth - aside);
      glyphs += `${aside ? `)${-aside}(` : ""}${bytes}${shift ? `)${-shift}(` : ""}`;
    }
    return { width, glyphs };
  }

  #glyph(codePoint: number): Glyph {
    const known = codePoint < NEAR ? this.#near[codePoint] : this.#far.get(codePoint);
    return known ?? this.#learn(codePoint);
  }

  #learn(codePoint: number): Glyph {
    const [codes, positions] = this.#font.encode(String.fromCodePoint(codePoint));
    const numbers = codes.map((code) => Number.parseInt(code, 16));
    const width = positions.reduce((sum, position) => sum + position.xAdvance, 0);
    const single = codes.length === 1;
    const glyph = { code: numbers[0] ?? 0, bytes: numbers.map(bytesOf).join(""), width, single };
    if (single) this.#font.unicode[glyph.code] = [EXTRACTED_AS.get(codePoint) ?? codePoint];
    if (codePoint < NEAR) this.#near[codePoint] = glyph;
    else this.#far.set(codePoint, glyph);
    return glyph;
  }

  /**
   * Learns all pairs of a word from one shaping, if there are several to learn and no letters become other glyphs in it:
   * to shape a word takes hardly longer than to shape a pair.
   */
  #learnPairs(text: string, codePoints: readonly number[]): void {
    const pairs = codePoints.slice(1).map((second, index) => pairOf(codePoints[index] ?? 0, second));
    if (pairs.reduce((count, pair) => count + (this.#kerning.has(pair) ? 0 : 1), 0) < 2) return;
    const glyphs = codePoints.map((codePoint) => this.#glyph(codePoint));
    const [codes, positions] = this.#encode(text) ?? [[], []];
    if (codes.length !== glyphs.length) return;
    const plain = positions.every(({ xOffset, yOffset }) => !xOffset && !yOffset);
    if (!plain || codes.some((code, index) => Number.parseInt(code, 16) !== glyphs[index]?.code)) return;
    for (const [index, pair] of pairs.entries()) {
      const position = positions[index];
      if (position) this.#kerning.set(pair, position.xAdvance - position.advanceWidth);
    }
  }

  /** How much closer (negative) or further the pair stands; null when the pair becomes other glyphs. */
  #kern(first: number, second: number): number | null {
    const pair = pairOf(first, second);
    const known = this.#kerning.get(pair);
    if (known !== undefined) return known;
    const [one, other] = [this.#glyph(first), this.#glyph(second)];
    const [codes, [left, right]] = this.#encode(String.fromCodePoint(first, second)) ?? [[], []];
    const simple = codes.length === 2 && left && right && !left.xOffset && !right.xOffset && !right.yOffset;
    const same = Number.parseInt(codes[0] ?? "", 16) === one.code && Number.parseInt(codes[1] ?? "", 16) === other.code;
    const kern = simple && same ? left.xAdvance - left.advanceWidth : null;
    this.#kerning.set(pair, kern);
    return kern;
  }

  /** Characters beside each other, as they are where shaping is of no avail. */
  #oneByOne(codePoints: readonly number[]): Shaped {
    const glyphs = codePoints.map((codePoint) => this.#glyph(codePoint));
    return {
      width: glyphs.reduce((sum, glyph) => sum + glyph.width, 0),
      glyphs: glyphs.map(({ bytes }) => bytes).join(""),
    };
  }

  /** Glyphs and their places; null where the shaper stumbles, as over marks that a font gives no place for. */
  #encode(text: string): ReturnType<EmbeddedFont["encode"]> | null {
    try {
      return this.#font.encode(text);
    } catch {
      return null;
    }
  }
}

function pairOf(first: number, second: number): number {
  return first * 0x200000 + second;
}

const ESCAPED: Readonly<Record<number, string>> = { 40: "\\(", 41: "\\)", 92: "\\\\", 13: "\\r" };

/** A glyph's code as two bytes within a literal string. */
function bytesOf(code: number): string {
  const byte = (value: number) => ESCAPED[value] ?? String.fromCharCode(value);
  return byte(code >> 8) + byte(code & 0xff);
}
