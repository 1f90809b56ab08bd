import { markedText } from "@/lib/render/pdf/visible-text";

/**
 * Text as a document shows it: composed to NFC, and every character that acts on other text instead of showing (controls,
 * bidi controls, zero width) replaced by its code, as `[U+202E]`: a reader has to see that it is there. Other than on a page
 * of ours, every script is left as it is: the word processor lays it out.
 */
export function shownText(text: string): string {
  return markedText(text);
}
