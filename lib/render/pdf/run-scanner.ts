import type { Fonts } from "@/lib/render/pdf/fonts";
import type { ShapedText } from "@/lib/render/pdf/shaped-text";
import type { TextRun, TextStyle } from "@/lib/render/pdf/text-runs";
import { COLOURS } from "@/lib/render/pdf/theme";
import type { Piece } from "@/lib/render/pdf/token-pieces";
import { preparedText } from "@/lib/render/pdf/visible-text";

/** Takes what text is made of, in its order. */
export interface RunVisitor {
  /** @param whole the word begins and ends with this piece: nothing of another run can belong to it */
  word(piece: Piece, style: TextStyle, whole: boolean): void;
  blank(shaped: ShapedText, text: string, style: TextStyle): void;
  lineEnd(): void;
}

const SPACE = 0x20;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const TAB_AS = "    ";

/** Blanks at which a line may break; no-break blanks belong to words. */
function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB || isWideBlank(unit);
}

function isWideBlank(unit: number): boolean {
  if (unit < 0x1680) return false;
  if (unit === 0x1680 || unit === 0x205f || unit === 0x3000) return true;
  return unit >= 0x2000 && unit <= 0x200a && unit !== 0x2007;
}

/** Where the word that begins there ends; below zero when there is a digit in it, as codes and numbers have. */
function wordEnd(text: string, from: number): number {
  const { length } = text;
  let digits = false;
  let at = from;
  for (; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit <= SPACE ? unit === SPACE || unit === TAB || unit === LINE_FEED : unit >= 0x1680 && isWideBlank(unit))
      break;
    if (unit >= 0x30 && unit <= 0x39) digits = true;
  }
  return digits ? -at : at;
}

/** Goes through runs, with marks for what no font can draw, and gives blanks, pieces of words and ends of lines. */
export function scanRuns(runs: readonly TextRun[], fonts: Fonts, visitor: RunVisitor): void {
  // Whether a word of the run before goes on.
  let open = false;
  for (const { text, style } of runs) open = scanRun(preparedText(text), style, fonts, visitor, open);
}

function scanRun(text: string, style: TextStyle, fonts: Fonts, visitor: RunVisitor, wasOpen: boolean): boolean {
  const { length } = text;
  let open = wasOpen;
  let at = 0;
  while (at < length) {
    const unit = text.charCodeAt(at);
    const from = at;
    if (unit === LINE_FEED) {
      visitor.lineEnd();
      at += 1;
      open = false;
    } else if (isBlank(unit)) {
      while (at < length && isBlank(text.charCodeAt(at))) at += 1;
      takeBlanks(text.slice(from, at), style, fonts, visitor);
      open = false;
    } else {
      const end = wordEnd(text, at);
      at = Math.abs(end);
      // A word at the end of its run may go on in the next one.
      const pieces =
        end < 0 ? fonts.rarePieces(text.slice(from, at), style) : fonts.pieces(text.slice(from, at), style);
      takeWord(pieces, style, visitor, !open && at < length);
      open = at === length;
    }
  }
  return open;
}

function takeBlanks(blanks: string, style: TextStyle, fonts: Fonts, visitor: RunVisitor): void {
  const text = blanks === " " ? blanks : visibleBlanks(blanks, style, fonts);
  visitor.blank(fonts.blanks(text, style), text, style);
}

/** Blanks of other widths and kinds are drawn as plain ones when no font has them. */
function visibleBlanks(blanks: string, style: TextStyle, fonts: Fonts): string {
  let out = "";
  for (const blank of blanks) {
    if (blank === "\t") out += TAB_AS;
    else out += fonts.faceFor(blank.codePointAt(0) ?? SPACE, style) ? blank : " ";
  }
  return out;
}

function takeWord(pieces: readonly Piece[], style: TextStyle, visitor: RunVisitor, whole: boolean): void {
  if (pieces.length === 1) {
    const [piece] = pieces as readonly [Piece];
    visitor.word(piece, piece.mark ? markStyle(style) : style, whole && !piece.breakAfter);
    return;
  }
  for (const piece of pieces) visitor.word(piece, piece.mark ? markStyle(style) : style, false);
}

const markStyles = new WeakMap<TextStyle, TextStyle>();

/** How marks for what cannot be drawn look within a style. */
function markStyle(style: TextStyle): TextStyle {
  let marked = markStyles.get(style);
  if (!marked) {
    marked = { ...style, colour: COLOURS.mark };
    markStyles.set(style, marked);
  }
  return marked;
}
