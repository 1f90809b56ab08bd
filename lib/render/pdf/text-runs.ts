import type { Fonts, Lettering, ShapedText } from "@/lib/render/pdf/fonts";
import { COLOURS, type Colour } from "@/lib/render/pdf/theme";
import { preparedText, visibleParts } from "@/lib/render/pdf/visible-text";

/** Where a run leads when it is clicked: an address that has been allowed, or an anchor of this document. */
export type Target = { readonly url: string } | { readonly anchor: string };

/** How a run looks. Sizes are points. */
export interface TextStyle extends Lettering {
  readonly size: number;
  readonly colour: Colour;
  readonly target?: Target;
}

/** Text in one style. Line feeds break the line. */
export interface TextRun {
  readonly text: string;
  readonly style: TextStyle;
}

/** The smallest part that a line is made of. `text` is drawable; widths are points. */
export type Piece =
  | { readonly kind: "break" }
  | { readonly kind: "space"; readonly text: string; readonly width: number; readonly style: TextStyle }
  | {
      readonly kind: "text";
      readonly text: string;
      readonly width: number;
      readonly style: TextStyle;
      /** Whether the line may be broken behind it. */
      readonly breakAfter: boolean;
    };

/** A word, or a stretch of blanks at which a line may break (no-break blanks belong to words). */
const WORD_OR_BLANKS =
  /[^\u0020\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+|[\u0020\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+/gu;
/** Behind a hyphen, dash or stroke between letters a line may break; not in dates, numbers or options like -v. */
const WORD_PART = /.+?(?:(?<=[\p{L}\p{N}]{2}[-\u2010\u2013\u2014/])(?=\p{L})|$)/gsu;
const TAB = "    ";
/** Words beyond this length are measured by their characters alone: kerning does not matter and costs much. */
export const LONGEST_WORD = 48;

/** Cuts runs into pieces: breaks, blanks and (parts of) words, with marks for what no font can draw. */
export function pieces(runs: readonly TextRun[], fonts: Fonts): readonly Piece[] {
  const out: Piece[] = [];
  for (const { text, style } of runs) {
    const drawable = (codePoint: number) => fonts.faceFor(codePoint, style) !== null;
    for (const [index, line] of preparedText(text).split("\n").entries()) {
      if (index > 0) out.push({ kind: "break" });
      for (const part of visibleParts(line.replaceAll("\t", TAB), drawable)) {
        if (part.mark) pushMarks(out, part.text, { ...style, colour: COLOURS.mark }, fonts);
        else pushWords(out, part.text, style, fonts);
      }
    }
  }
  return out;
}

function pushMarks(out: Piece[], text: string, style: TextStyle, fonts: Fonts): void {
  const last = out.at(-1);
  // Else a mark behind a word that is too long for the line would be cut with it.
  if (last?.kind === "text") out[out.length - 1] = { ...last, breakAfter: true };
  for (const mark of text.split(/(?<=\])/)) {
    out.push({ kind: "text", text: mark, width: widthOf(mark, style, fonts), style, breakAfter: true });
  }
}

function pushWords(out: Piece[], text: string, style: TextStyle, fonts: Fonts): void {
  for (const [token] of text.matchAll(WORD_OR_BLANKS)) {
    if (token.trim() === "" && !/[\u00a0\u2007\u202f]/.test(token)) {
      out.push({ kind: "space", text: token, width: widthOf(token, style, fonts), style });
      continue;
    }
    const parts = token.length > LONGEST_WORD ? longWordParts(token) : (token.match(WORD_PART) ?? [token]);
    for (const [index, part] of parts.entries()) {
      const breakAfter = index < parts.length - 1;
      out.push({ kind: "text", text: part, width: widthOf(part, style, fonts), style, breakAfter });
    }
  }
}

/** Parts of a long code or address: behind each stroke, and otherwise cut by the line breaker where it must. */
function longWordParts(word: string): readonly string[] {
  const parts = word.split(/(?<=[^/]\/)(?=[^/])/);
  return parts.length > word.length / 8 ? [word] : parts;
}

/** The width of drawable text in points. */
export function widthOf(text: string, style: TextStyle, fonts: Fonts): number {
  if (text.length <= LONGEST_WORD) return (fonts.shape(text, style).width * style.size) / 1000;
  let width = 0;
  for (const character of text) width += fonts.advance(character, style);
  return (width * style.size) / 1000;
}

/** Shapes the text of a piece for drawing; long text in parts, which keeps the cache of words small. */
export function shapesOf(text: string, style: TextStyle, fonts: Fonts): readonly ShapedText[] {
  if (text.length <= LONGEST_WORD) return [fonts.shape(text, style)];
  const shapes: ShapedText[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at += LONGEST_WORD) {
    shapes.push(fonts.shape(characters.slice(at, at + LONGEST_WORD).join(""), style));
  }
  return shapes;
}
