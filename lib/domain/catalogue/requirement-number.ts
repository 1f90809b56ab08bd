/**
 * The natural order of requirement numbers: 1.2 before 1.10, the twelve requirements before the appendices A1 to A3.
 * Shapes such as "3.6.1.2", "A2" or "A3.2.5.1"; anything else sorts last, by its letters.
 */
export function compareNumbers(left: string, right: string): number {
  const a = sortKey(left);
  const b = sortKey(right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A key that sorts as `compareNumbers` does when compared as plain text, for databases: "3.10.1" is "003.010.001",
 * "A2.1" is "A02.001". Digits come before letters, so appendices follow.
 */
export function sortKey(number: string): string {
  return number
    .split(".")
    .map((part, index) =>
      index === 0 && part.startsWith("A") ? `A${part.slice(1).padStart(2, "0")}` : part.padStart(3, "0"),
    )
    .join(".");
}

/** True when `number` lies below `ancestor` by its digits: 3.6.1.2 below 3.6, and not 3.60 below 3.6. */
export function isBelow(number: string, ancestor: string): boolean {
  return number.startsWith(`${ancestor}.`);
}

/** The principal requirement or appendix a number belongs to: "3" for 3.6.1, "A2" for A2.1.1. */
export function chapterOf(number: string): string {
  return number.split(".", 1)[0] ?? number;
}
