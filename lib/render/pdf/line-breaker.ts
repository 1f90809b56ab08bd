import { hasRightToLeft, inReadingOrder } from "@/lib/render/pdf/bidi";
import type { Fonts } from "@/lib/render/pdf/fonts";
import type { Line } from "@/lib/render/pdf/lines";
import { scanRuns } from "@/lib/render/pdf/run-scanner";
import type { ShapedText, Stretch } from "@/lib/render/pdf/shaped-text";
import type { TextRun, TextStyle } from "@/lib/render/pdf/text-runs";
import { LONGEST_WORD, type Piece } from "@/lib/render/pdf/token-pieces";

/** No column is narrower than this, in points: a line always takes at least a character, whatever the table asks. */
const NARROWEST = 6;
/** Good places to cut a code or an address that does not fit a line. */
const CUT_AFTER = /[:_./=&?,;@%+\-)\]}]/;

/**
 * Sets runs into lines of at most `width` points, first come, first placed. Empty text gives one empty line.
 * @param keepText whether the lines say what is written in them
 */
export function breakLines(runs: readonly TextRun[], width: number, fonts: Fonts, keepText = false): readonly Line[] {
  const both = hasRightToLeft(runs);
  const breaker = new LineBreaker(Math.max(width, NARROWEST), fonts, keepText || both);
  scanRuns(runs, fonts, breaker);
  const lines = breaker.finish();
  return both ? inReadingOrder(lines, fonts) : lines;
}

/** The widths that a column would like: its longest word, and everything on one line, both in points. */
export function naturalWidths(
  runs: readonly TextRun[],
  fonts: Fonts,
): { readonly least: number; readonly full: number } {
  let least = 0;
  let full = 0;
  let line = 0;
  const take = (width: number) => {
    line += width;
    full = Math.max(full, line);
  };
  scanRuns(runs, fonts, {
    word: ({ shaped }, { size }) => {
      const width = (shaped.width * size) / 1000;
      least = Math.max(least, width);
      take(width);
    },
    blank: (shaped, _, { size }) => take((shaped.width * size) / 1000),
    lineEnd: () => {
      line = 0;
    },
  });
  return { least, full };
}

interface OpenSpan {
  readonly texts: string[];
  /** Glyphs are joined once, when the line ends. */
  readonly stretches: { readonly face: Stretch["face"]; readonly glyphs: string[] }[];
  width: number;
  readonly style: TextStyle;
}

interface Part {
  readonly text: string;
  readonly shaped: ShapedText;
  readonly style: TextStyle;
  readonly width: number;
}

const NO_TEXTS: string[] = [];

class LineBreaker {
  readonly #max: number;
  readonly #fonts: Fonts;
  readonly #lines: Line[] = [];
  #spans: OpenSpan[] = [];
  #lineWidth = 0;
  /** The blank behind the last word, and further ones of other styles. */
  #blank: Part | null = null;
  readonly #blanks: Part[] = [];
  #blanksWidth = 0;
  /** The beginning of a word that goes on: further pieces of it may be of other styles. */
  #word: Part[] = [];
  #wordWidth = 0;
  /** The last blank, which mostly is the next one too. */
  #usual: Part | null = null;
  readonly #keepText: boolean;

  constructor(max: number, fonts: Fonts, keepText: boolean) {
    this.#max = max;
    this.#fonts = fonts;
    this.#keepText = keepText;
  }

  word(piece: Piece, style: TextStyle, whole: boolean): void {
    const { text, shaped } = piece;
    const width = (shaped.width * style.size) / 1000;
    if (whole && this.#word.length === 0) {
      this.#makeRoom(width);
      if (this.#lineWidth + width <= this.#max) this.#append(text, shaped, style, width);
      else this.#appendCut({ text, shaped, style, width });
      return;
    }
    this.#word.push({ text, shaped, style, width });
    this.#wordWidth += width;
    if (piece.breakAfter) this.#endWord();
  }

  blank(shaped: ShapedText, text: string, style: TextStyle): void {
    if (this.#word.length > 0) this.#endWord();
    let blank = this.#usual;
    if (blank?.shaped !== shaped || blank.style !== style) {
      blank = { text, shaped, style, width: (shaped.width * style.size) / 1000 };
      this.#usual = blank;
    }
    if (this.#blank) this.#blanks.push(blank);
    else this.#blank = blank;
    this.#blanksWidth += blank.width;
  }

  lineEnd(): void {
    this.#endWord();
    // Lines that a person ended are read one after the other, not as one word.
    const last = this.#spans.at(-1);
    if (last) addGlyphs(last, this.#fonts.blanks(" ", last.style));
    this.#endLine(true);
  }

  finish(): readonly Line[] {
    this.#endWord();
    if (this.#spans.length > 0 || this.#lines.length === 0) this.#endLine();
    return this.#lines;
  }

  #endWord(): void {
    if (this.#word.length === 0) return;
    const word = this.#word;
    const width = this.#wordWidth;
    this.#word = [];
    this.#wordWidth = 0;
    this.#makeRoom(width);
    if (this.#lineWidth + width <= this.#max) {
      for (const part of word) this.#append(part.text, part.shaped, part.style, part.width);
    } else {
      for (const part of word) this.#appendCut(part);
    }
  }

  /** Ends the line when a word does not fit it, else sets the blanks in front of the word. */
  #makeRoom(width: number): void {
    if (this.#spans.length > 0 && this.#lineWidth + this.#blanksWidth + width > this.#max) {
      this.#blankAtEnd();
      this.#endLine();
    }
    // Blanks in front of the first word count only where a person put them, not where the line was broken.
    const blank = this.#blank;
    if (!blank) return;
    this.#append(blank.text, blank.shaped, blank.style, blank.width);
    for (const one of this.#blanks) this.#append(one.text, one.shaped, one.style, one.width);
    this.#dropBlanks();
  }

  #dropBlanks(): void {
    this.#blank = null;
    this.#blanksWidth = 0;
    // Emptying an array costs a new one, which is only due when there was something in it.
    if (this.#blanks.length > 0) this.#blanks.length = 0;
  }

  #append(text: string, shaped: ShapedText, style: TextStyle, width: number): void {
    let span = this.#spans[this.#spans.length - 1];
    if (span?.style !== style) {
      span = { texts: this.#keepText ? [] : NO_TEXTS, stretches: [], width: 0, style };
      this.#spans.push(span);
    }
    if (this.#keepText) span.texts.push(text);
    span.width += width;
    this.#lineWidth += width;
    addGlyphs(span, shaped);
  }

  /** Text that is taken out of a line has to end with the blank at which the line was broken. It takes no room. */
  #blankAtEnd(): void {
    const blank = this.#blank;
    const span = this.#spans.at(-1);
    if (blank && span && blank.style === span.style) addGlyphs(span, blank.shaped);
  }

  /** Places text that may be wider than a line, cutting it where it has to be. */
  #appendCut({ text, shaped, style, width }: Part): void {
    let rest = text;
    let restWidth = width;
    let restShaped = shaped;
    while (this.#lineWidth + restWidth > this.#max) {
      const cut = this.#cut(rest, style, this.#max - this.#lineWidth);
      if (cut > 0) {
        this.#appendText(rest.slice(0, cut), style);
        rest = rest.slice(cut);
        if (rest === "") return;
        // Exact only where the rest is about to be placed: shaping it anew for each line would take for ever.
        const few = rest.length <= 4 * LONGEST_WORD;
        restShaped = few ? this.#fonts.shape(rest, style) : shaped;
        restWidth = few ? (restShaped.width * style.size) / 1000 : Number.POSITIVE_INFINITY;
      }
      if (this.#lineWidth + restWidth > this.#max) this.#endLine();
    }
    this.#append(rest, restShaped, style, restWidth);
  }

  #appendText(text: string, style: TextStyle): void {
    const shaped = this.#fonts.shape(text, style);
    this.#append(text, shaped, style, (shaped.width * style.size) / 1000);
  }

  /** How many code units of the text fit the space; at least one character when the line is empty. */
  #cut(text: string, style: TextStyle, space: number): number {
    const limit = (space * 1000) / style.size;
    let width = 0;
    let end = 0;
    let good = 0;
    for (const character of text) {
      width += this.#fonts.advance(character, style);
      if (width > limit && !(end === 0 && this.#spans.length === 0)) break;
      end += character.length;
      if (CUT_AFTER.test(character)) good = end;
    }
    return good > end * 0.5 && end < text.length ? good : end;
  }

  #endLine(ended = false): void {
    const keepText = this.#keepText;
    const spans = this.#spans.map(({ texts, stretches, width, style }) => ({
      text: keepText ? texts.join("") : "",
      stretches: stretches.map(({ face, glyphs }) => ({
        face,
        glyphs: glyphs.length === 1 ? (glyphs[0] ?? "") : glyphs.join(""),
      })),
      width,
      style,
    }));
    this.#lines.push({ spans, width: this.#lineWidth, ended });
    this.#spans = [];
    this.#lineWidth = 0;
    this.#dropBlanks();
  }
}

function addGlyphs(span: OpenSpan, { stretches }: ShapedText): void {
  for (const { face, glyphs } of stretches) {
    const last = span.stretches[span.stretches.length - 1];
    if (last?.face === face) last.glyphs.push(glyphs);
    else span.stretches.push({ face, glyphs: [glyphs] });
  }
}
