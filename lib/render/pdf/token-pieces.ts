import UnicodeLineBreaker from "linebreak";
import type { Face } from "@/lib/render/pdf/face";
import type { Lettering, ShapedText } from "@/lib/render/pdf/shaped-text";
import { markedCodePoint, visibleParts } from "@/lib/render/pdf/visible-text";

/** A part of a word that is not broken unless it alone is wider than a line. */
export interface Piece {
  /** What is drawn. */
  readonly text: string;
  readonly shaped: ShapedText;
  /** Whether it stands for a character that cannot be drawn. */
  readonly mark: boolean;
  /** Whether a line may end behind it. */
  readonly breakAfter: boolean;
}

/** What of the fonts is asked here. */
export interface TokenFonts {
  faceFor(codePoint: number, lettering: Lettering): Face | null;
  shape(text: string, lettering: Lettering): ShapedText;
  noteMark(codePoint: number): void;
}

/** Words beyond this length are cut where they must: their parts are measured one by one. */
export const LONGEST_WORD = 48;
/** Behind a hyphen, dash or stroke between letters a line may break; not in dates, numbers or options like -v. */
const WORD_PART = /.+?(?:(?<=[\p{L}\p{N}]{2}[-\u2010\u2013\u2014/])(?=\p{L})|$)/gsu;
const MAY_BREAK = /[-/\u2010\u2013\u2014]/;
const ASCII = /^[\x21-\x7e]+$/;
/** Letters beyond Latin: where lines may end in them is a matter of their script. */
const OTHER_SCRIPTS = /[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe30-\uffdc]/;

/** Cuts a word, text without blanks at which a line may break, into its pieces. */
export function tokenPieces(token: string, lettering: Lettering, fonts: TokenFonts): readonly Piece[] {
  if (ASCII.test(token)) return wordPieces(token, lettering, fonts);
  const drawable = (codePoint: number) => fonts.faceFor(codePoint, lettering) !== null;
  const out: Piece[] = [];
  for (const { text, mark } of visibleParts(token, drawable)) {
    if (mark) {
      const last = out.at(-1);
      // Else a mark behind a word that is too long for the line would be cut with it.
      if (last) out[out.length - 1] = { ...last, breakAfter: true };
      for (const one of text.split(/(?<=\])/)) {
        fonts.noteMark(markedCodePoint(one));
        out.push({ text: one, shaped: fonts.shape(one, lettering), mark: true, breakAfter: true });
      }
    } else {
      out.push(...wordPieces(text, lettering, fonts));
    }
  }
  return out;
}

function wordPieces(word: string, lettering: Lettering, fonts: TokenFonts): readonly Piece[] {
  const parts = partsOf(word);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return [{ text: only, shaped: fonts.shape(only, lettering), mark: false, breakAfter: false }];
  }
  const last = parts.length - 1;
  return parts.map((text, index) => ({
    text,
    shaped: fonts.shape(text, lettering),
    mark: false,
    breakAfter: index < last,
  }));
}

function partsOf(word: string): readonly string[] {
  if (word.length > LONGEST_WORD) return longWordParts(word);
  if (OTHER_SCRIPTS.test(word)) return unicodeParts(word);
  return MAY_BREAK.test(word) ? (word.match(WORD_PART) ?? [word]) : [word];
}

/** Parts of a long code or address: behind each stroke, and otherwise cut by the line breaker where it must. */
function longWordParts(word: string): readonly string[] {
  const parts = word.split(/(?<=[^/]\/)(?=[^/])/);
  return parts.length > word.length / 8 ? [word] : parts;
}

function unicodeParts(word: string): readonly string[] {
  const parts: string[] = [];
  const breaker = new UnicodeLineBreaker(word);
  let from = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    parts.push(word.slice(from, next.position));
    from = next.position;
  }
  if (from < word.length) parts.push(word.slice(from));
  return parts;
}
