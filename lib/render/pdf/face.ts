import type { EmbeddedFont } from "@/lib/render/pdf/pdfkit-internals";
import { isCombining } from "@/lib/render/pdf/visible-text";

/**
 * Shaped text: its width in thousandths of the size of the type, and its glyphs as they stand between the first `<` and
 * the last `>` of a PDF `TJ` array, so that stretches are joined by writing one behind the other.
 */
export interface Shaped {
  readonly width: number;
  readonly glyphs: string;
}

interface Glyph {
  readonly code: string;
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

/** Longest text that is shaped with kerning; longer runs are codes and digests, where only advances count. */
const LONGEST_KERNED = 48;

/**
 * One embedded font with what has been learnt of its glyphs. fontkit is asked once for each character and once for
 * each pair, which is many times quicker than shaping every word anew.
 */
export class Face {
  readonly #font: EmbeddedFont;
  readonly #kerned: boolean;
  readonly #glyphs = new Map<string, Glyph>();
  readonly #kerning = new Map<string, number | null>();

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
    return this.#glyph(character).width;
  }

  /** Shapes text that this font has all glyphs for. */
  shape(text: string): Shaped {
    const characters = [...text];
    const long = characters.length > LONGEST_KERNED;
    if (!long && characters.some(isCombining)) return this.#layout(text);
    let width = 0;
    let glyphs = "";
    for (const [index, character] of characters.entries()) {
      const glyph = this.#glyph(character);
      const next = characters[index + 1];
      const kern = !this.#kerned || long || next === undefined ? 0 : this.#kern(character, next);
      if (!long && (!glyph.single || kern === null)) return this.#layout(text);
      glyphs += glyph.code;
      width += glyph.width + (kern ?? 0);
      if (kern) glyphs += `>${rounded(-kern)}<`;
    }
    return { width, glyphs };
  }

  #glyph(character: string): Glyph {
    const known = this.#glyphs.get(character);
    if (known) return known;
    const [codes, positions] = this.#font.encode(character);
    const width = positions.reduce((sum, position) => sum + position.xAdvance, 0);
    const glyph = { code: codes.join(""), width, single: codes.length === 1 };
    const codePoint = character.codePointAt(0) ?? 0;
    if (glyph.single) this.#font.unicode[Number.parseInt(glyph.code, 16)] = [EXTRACTED_AS.get(codePoint) ?? codePoint];
    this.#glyphs.set(character, glyph);
    return glyph;
  }

  /** How much closer (negative) or further the pair stands; null when the pair becomes other glyphs. */
  #kern(first: string, second: string): number | null {
    const pair = first + second;
    const known = this.#kerning.get(pair);
    if (known !== undefined) return known;
    this.#glyph(first);
    this.#glyph(second);
    const [codes, [left, right]] = this.#encode(pair) ?? [[], []];
    const simple = codes.length === 2 && left && right && !left.xOffset && !right.xOffset && !right.yOffset;
    const same = codes[0] === this.#glyph(first).code && codes[1] === this.#glyph(second).code;
    const kern = simple && same ? left.xAdvance - left.advanceWidth : null;
    this.#kerning.set(pair, kern);
    return kern;
  }

  #layout(text: string): Shaped {
    // A letter with accents may be drawn as its parts, and those have to be known for what they are when text is taken out.
    for (const part of text.normalize("NFD")) if (this.has(part.codePointAt(0) ?? 0)) this.#glyph(part);
    const encoded = this.#encode(text);
    if (!encoded) return this.#oneByOne(text);
    const [codes, positions] = encoded;
    let width = 0;
    let glyphs = "";
    for (const [index, code] of codes.entries()) {
      const position = positions[index];
      glyphs += code;
      if (!position) continue;
      width += position.xAdvance;
      const shift = position.xAdvance - position.advanceWidth;
      if (shift) glyphs += `>${rounded(-shift)}<`;
    }
    return { width, glyphs };
  }

  /** Characters beside each other, as they are where shaping is of no avail. */
  #oneByOne(text: string): Shaped {
    const glyphs = [...text].map((character) => this.#glyph(character));
    return {
      width: glyphs.reduce((sum, glyph) => sum + glyph.width, 0),
      glyphs: glyphs.map(({ code }) => code).join(""),
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

/** A number as it is written into the file: at most two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
