import type { Fonts } from "@/lib/render/pdf/fonts";
import { type Piece, pieces, type TextRun, type TextStyle, widthOf } from "@/lib/render/pdf/text-runs";

/** A stretch of a line in one style: its words and blanks, all drawable. Widths are points. */
export interface Span {
  readonly texts: readonly string[];
  readonly width: number;
  readonly style: TextStyle;
}

/** A line that fits its width (unless not even one character does). */
export interface Line {
  readonly spans: readonly Span[];
  readonly width: number;
}

type Part = Exclude<Piece, { kind: "break" }>;

/** No column is narrower than this, in points: a line always takes at least a character, whatever the table asks. */
const NARROWEST = 6;
/** Good places to cut a code or an address that does not fit a line. */
const CUT_AFTER = /[:_./=&?,;@%+\-)\]}]/;

/** Sets runs into lines of at most `width` points, first come, first placed. Empty text gives one empty line. */
export function breakLines(runs: readonly TextRun[], width: number, fonts: Fonts): readonly Line[] {
  const breaker = new LineBreaker(Math.max(width, NARROWEST), fonts);
  for (const piece of pieces(runs, fonts)) breaker.take(piece);
  return breaker.finish();
}

/** The widths that a column would like: its longest word, and everything on one line, both in points. */
export function naturalWidths(
  runs: readonly TextRun[],
  fonts: Fonts,
): { readonly least: number; readonly full: number } {
  let least = 0;
  let full = 0;
  let line = 0;
  for (const piece of pieces(runs, fonts)) {
    if (piece.kind === "break") {
      line = 0;
      continue;
    }
    line += piece.width;
    full = Math.max(full, line);
    if (piece.kind === "text") least = Math.max(least, piece.width);
  }
  return { least, full };
}

class LineBreaker {
  readonly #max: number;
  readonly #fonts: Fonts;
  readonly #lines: Line[] = [];
  #line: Part[] = [];
  #lineWidth = 0;
  #spaces: Part[] = [];
  #spacesWidth = 0;
  #word: Part[] = [];
  #wordWidth = 0;

  constructor(max: number, fonts: Fonts) {
    this.#max = max;
    this.#fonts = fonts;
  }

  take(piece: Piece): void {
    if (piece.kind === "text") {
      this.#word.push(piece);
      this.#wordWidth += piece.width;
      if (piece.breakAfter) this.#endWord();
      return;
    }
    this.#endWord();
    if (piece.kind === "break") {
      this.#endLine();
    } else {
      this.#spaces.push(piece);
      this.#spacesWidth += piece.width;
    }
  }

  finish(): readonly Line[] {
    this.#endWord();
    if (this.#line.length > 0 || this.#lines.length === 0) this.#endLine();
    return this.#lines;
  }

  #endWord(): void {
    if (this.#word.length === 0) return;
    const word = this.#word;
    const width = this.#wordWidth;
    this.#word = [];
    this.#wordWidth = 0;
    if (this.#line.length > 0 && this.#lineWidth + this.#spacesWidth + width > this.#max) this.#endLine();
    // Blanks in front of the first word count only where a person put them, not where the line was broken.
    for (const space of this.#spaces) this.#append(space);
    this.#spaces = [];
    this.#spacesWidth = 0;
    if (this.#lineWidth + width <= this.#max) for (const part of word) this.#append(part);
    else for (const part of word) this.#appendCut(part);
  }

  #append(part: Part): void {
    this.#line.push(part);
    this.#lineWidth += part.width;
  }

  /** Places text that may be wider than a line, cutting it where it has to be. */
  #appendCut(part: Part): void {
    let rest = part.text;
    let restWidth = part.width;
    while (this.#lineWidth + restWidth > this.#max) {
      const cut = this.#cut(rest, part.style, this.#max - this.#lineWidth);
      if (cut > 0) {
        const text = rest.slice(0, cut);
        const width = widthOf(text, part.style, this.#fonts);
        this.#append({ ...part, text, width });
        rest = rest.slice(cut);
        restWidth -= width;
      }
      if (rest === "") return;
      this.#endLine();
    }
    if (rest !== "") this.#append({ ...part, text: rest, width: restWidth });
  }

  /** How many code units of the text fit the space; at least one character when the line is empty. */
  #cut(text: string, style: TextStyle, space: number): number {
    const limit = (space * 1000) / style.size;
    let width = 0;
    let end = 0;
    let good = 0;
    for (const character of text) {
      width += this.#fonts.advance(character, style);
      if (width > limit && !(end === 0 && this.#line.length === 0)) break;
      end += character.length;
      if (CUT_AFTER.test(character)) good = end;
    }
    return good > end * 0.5 && end < text.length ? good : end;
  }

  #endLine(): void {
    const spans: { texts: string[]; width: number; style: TextStyle }[] = [];
    for (const { text, width, style } of this.#line) {
      const last = spans.at(-1);
      if (last?.style === style) {
        last.texts.push(text);
        last.width += width;
      } else {
        spans.push({ texts: [text], width, style });
      }
    }
    this.#lines.push({ spans, width: this.#lineWidth });
    this.#line = [];
    this.#lineWidth = 0;
    this.#spaces = [];
    this.#spacesWidth = 0;
  }
}
