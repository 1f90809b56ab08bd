import { codePointMark, isInvisible, preparedText } from "@/lib/render/pdf/visible-text";

/** Blanks, line feeds and tabs, which are laid out, and anything that shows by itself. */
const PLAIN = /^[\x20-\x7e\n\t]*$/;

/**
 * Text as a document shows it: composed to NFC, and every character that acts on other text instead of showing (controls,
 * bidi controls, zero width) replaced by its code, as `[U+202E]`: a reader has to see that it is there. Other than on a page
 * of ours, every script is left as it is: the word processor lays it out.
 */
export function shownText(text: string): string {
  const prepared = preparedText(text);
  if (PLAIN.test(prepared)) return prepared;
  return Array.from(prepared, (character) =>
    character !== "\n" && character !== "\t" && isInvisible(character)
      ? codePointMark(character.codePointAt(0) ?? 0xfffd)
      : character,
  ).join("");
}
