/** A stretch of text that is drawn as it is, or a mark that stands for a character which cannot be drawn. */
export interface VisiblePart {
  readonly text: string;
  readonly mark: boolean;
}

/** Characters that act on other text instead of showing: controls, format and bidi controls, joiners, fillers, selectors, blank braille. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/u;
/** Blanks of other widths and kinds: drawn as a plain blank when no font has them. */
const BLANK = /\p{Zs}/u;
const COMBINING = /^\p{M}$/u;
/** Nearly all text: nothing to compose, nothing to show by a mark. */
const PLAIN = /^[\x20-\x7e\n]*$/;
const PLAIN_LINE = /^[\x20-\x7e]+$/;

/** The mark for a character: `[U+1F600]`. */
export function codePointMark(codePoint: number): string {
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** The code point that a mark stands for. */
export function markedCodePoint(mark: string): number {
  return Number.parseInt(mark.slice("[U+".length, -1), 16);
}

/**
 * Text made fit for a page: composed to NFC, line ends all `\n`, half surrogate pairs replaced by U+FFFD.
 * What is drawn is canonically equal to what was typed.
 */
export function preparedText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .normalize("NFC");
}

/**
 * Splits prepared text without line feeds or tabs into what can be drawn and marks for what cannot: invisible
 * characters always become marks, since a reader has to see that they are there (a bidi control can make a text say
 * something else than it does); other characters when `drawable` says no.
 */
export function visibleParts(text: string, drawable: (codePoint: number) => boolean): readonly VisiblePart[] {
  if (PLAIN_LINE.test(text)) return [{ text, mark: false }];
  const parts: { text: string; mark: boolean }[] = [];
  const add = (piece: string, mark: boolean) => {
    const last = parts.at(-1);
    if (last?.mark === mark) last.text += piece;
    else parts.push({ text: piece, mark });
  };
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0xfffd;
    if (drawable(codePoint) && !INVISIBLE.test(character)) add(character, false);
    else if (BLANK.test(character)) add(" ", false);
    else add(codePointMark(codePoint), true);
  }
  return parts;
}

/** True for a character that acts on other text instead of showing, such as a bidi control. */
export function isInvisible(character: string): boolean {
  return INVISIBLE.test(character);
}

/** True for a mark that sits on the character before it, such as an accent. */
export function isCombining(character: string): boolean {
  return COMBINING.test(character);
}
