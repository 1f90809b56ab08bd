import type { ArticleRow, ArticleRowId } from "@/lib/domain/catalogue/article";
import type { RequirementMapping } from "@/lib/domain/catalogue/requirement";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A counterpart in the other version, and how sure the reading is; null when it comes from an article row. */
export interface Counterpart {
  readonly number: string;
  readonly confidence: RequirementMapping["confidence"] | null;
}

/** What took the place of a 3.2.1 number, or what stood in the place of a 4.0.1 number, in natural order. */
export function counterparts(
  mappings: readonly RequirementMapping[],
  version: StandardVersion,
  number: string,
): Counterpart[] {
  const found =
    version === "3.2.1"
      ? mappings
          .filter((mapping) => mapping.from === number)
          .flatMap(({ to, confidence }) => to.map((to) => ({ number: to, confidence })))
      : mappings
          .filter((mapping) => mapping.to.includes(number))
          .map(({ from, confidence }) => ({ number: from, confidence }));
  return found.sort((a, b) => compareNumbers(a.number, b.number));
}

/** The article rows that speak about a number: by its real 3.2.1 number, or by their 4.0.1 counterparts. */
export function articleRowsOf(rows: readonly ArticleRow[], version: StandardVersion, number: string): ArticleRow[] {
  return rows.filter((row) => (version === "3.2.1" ? row.canonicalNumber === number : row.v4Numbers.includes(number)));
}

/** A row that the article files under another number than 3.2.1 does. */
export interface NumberingSlip {
  readonly row: ArticleRowId;
  /** Where 3.2.1 has the item. */
  readonly number: string;
  readonly note: string;
}

/** The rows that a reader of the article looks for at this number of 3.2.1, and that are not about it. */
export function numberingSlipsAt(
  rows: readonly ArticleRow[],
  version: StandardVersion,
  number: string,
): NumberingSlip[] {
  if (version !== "3.2.1") return [];
  return rows
    .filter(({ id, canonicalNumber }) => id === number && canonicalNumber !== number)
    .map(({ id, canonicalNumber, numberingNote }) => ({ row: id, number: canonicalNumber, note: numberingNote ?? "" }));
}

/** The row whose first answer in 4.0.1 is this number comes first, then the others in the article's order. */
export function primaryFirst(rows: readonly ArticleRow[], number: string): ArticleRow[] {
  return [...rows].sort((a, b) => Number(b.v4Primary === number) - Number(a.v4Primary === number));
}
