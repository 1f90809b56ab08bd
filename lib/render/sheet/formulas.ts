/**
 * Where a spreadsheet would take text of a CSV file for a formula: a sign that begins one, at the beginning of a cell. Text
 * behind a semicolon, a tab or a line end may begin one too, because a spreadsheet whose language separates by semicolons
 * does not heed quotes within a line. Blanks, controls and quotes before the sign do not change that.
 */
const SKIPPED = "(?:(?![\\t\\r\\n])[\\p{Cc}\\p{Cf}\\p{Zs}'])*";
const SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]";
const BEGINNING = new RegExp(`(^|[;\\t\\r\\n])(?=${SKIPPED}${SIGNS})`, "gu");
const QUOTED = new RegExp(`(^|[;\\t\\r\\n])'(?=${SKIPPED}${SIGNS})`, "gu");
const STARTS = new RegExp(`^[\\p{Cc}\\p{Cf}\\p{Zs}]*${SIGNS}`, "u");

/**
 * Text for a cell of a CSV file that no spreadsheet takes for a formula: an apostrophe stands before whatever could begin
 * one, which spreadsheets have always meant as *this is text*. {@link withoutGuards} gives back the text to the letter.
 */
export function withGuards(text: string): string {
  return text.replace(BEGINNING, "$1'");
}

/** The text that {@link withGuards} made this of. */
export function withoutGuards(text: string): string {
  return text.replace(QUOTED, "$1");
}

/** Whether a cell of this text begins like a formula. */
export function startsFormula(text: string): boolean {
  return STARTS.test(text);
}
