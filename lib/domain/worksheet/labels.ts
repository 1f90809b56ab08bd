/** The letters of item labels: controls, risks, tests, maintenance tasks; and assets, of a risk analysis. */
export type LabelPrefix = "C" | "R" | "T" | "M" | "A";

/**
 * The label for a new item: one above the highest number in use, so that a label in the text never comes to mean
 * another item because one was removed below it. Labels that people wrote otherwise are left alone.
 */
export function nextLabel(prefix: LabelPrefix, labels: readonly string[]): string {
  const numbers = labels.flatMap((label) => {
    const match = new RegExp(`^${prefix}(\\d{1,6})$`, "i").exec(label.trim());
    return match ? [Number(match[1])] : [];
  });
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
}
