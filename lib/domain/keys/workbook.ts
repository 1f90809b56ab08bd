import type { ArticleRow } from "@/lib/domain/catalogue/article";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { counts, type RowResult, type ScopeResult, strongest, type Verdict } from "@/lib/domain/keys/scope-result";

/** A requirement that belongs into the workbook because rows of the article are triggered. */
export interface WorkbookRequirement {
  readonly number: string;
  /** Strongest verdict over the rows, by reading. At least one of them counts as triggered. */
  readonly article: Verdict;
  readonly today: Verdict;
  /** True when it is the first answer to at least one of the rows; always true in 3.2.1. */
  readonly primary: boolean;
  /** The triggered rows behind it, those it answers first before the others. */
  readonly rows: readonly { readonly row: ArticleRow; readonly result: RowResult; readonly primary: boolean }[];
}

/**
 * The requirements of an engagement's version that the triggered rows lead to, in natural order: in 3.2.1 the row's
 * real number, in 4.0.1 every leaf it maps to. A row counts when it is triggered, or not answered yet, in either
 * reading. The same input gives the same list.
 * @param articleRows the catalogue's rows in depth
 * @param leaveOut numbers that do not concern the entity, such as those for service providers only
 */
export function workbookRequirements(
  result: ScopeResult,
  articleRows: readonly ArticleRow[],
  version: StandardVersion,
  leaveOut: (number: string) => boolean = () => false,
): WorkbookRequirement[] {
  const touched = result.rows.filter((row) => counts(row.article) || counts(row.today));
  const links = touched.flatMap((found) => {
    const row = articleRows.find(({ id }) => id === found.row);
    return row === undefined ? [] : linksOf(row, version).map((link) => ({ ...link, row, result: found }));
  });
  const numbers = [...new Set(links.map(({ number }) => number))]
    .filter((number) => !leaveOut(number))
    .sort(compareNumbers);
  return numbers.map((number) => {
    const own = links.filter((link) => link.number === number);
    const rows = [...own.filter(({ primary }) => primary), ...own.filter(({ primary }) => !primary)];
    return {
      number,
      article: strongest(rows.map((link) => link.result.article.verdict)),
      today: strongest(rows.map((link) => link.result.today.verdict)),
      primary: rows.some(({ primary }) => primary),
      rows: rows.map(({ row, result: found, primary }) => ({ row, result: found, primary })),
    };
  });
}

function linksOf(row: ArticleRow, version: StandardVersion): { number: string; primary: boolean }[] {
  if (version === "3.2.1") return [{ number: row.canonicalNumber, primary: true }];
  return row.v4Numbers.map((number) => ({ number, primary: number === row.v4Primary }));
}
