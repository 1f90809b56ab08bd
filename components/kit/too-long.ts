/**
 * The complaint about a text that is longer than `most` characters. Fields say it instead of cutting: a browser that
 * is told the length drops the end of what is pasted without a word.
 */
export function tooLong(text: string, most: number): string | undefined {
  if (text.length <= most) return undefined;
  return `At most ${most.toLocaleString("en")} characters; these are ${text.length.toLocaleString("en")}.`;
}
