import type { ArticleRowId } from "@/lib/domain/catalogue/article";
import { counts, type RowReading, type RowResult, type ScopeResult } from "@/lib/domain/keys/scope-result";
import { READINGS, type ReadingName } from "@/lib/domain/keys/trigger";

/** How a row changed in one reading. "settled": an answer turned "not answered yet" into triggered. */
export type ChangeKind = "newly triggered" | "no longer triggered" | "settled" | "reopened" | "reasons changed";

/** One difference between two results. */
export interface ScopeChange {
  readonly row: ArticleRowId;
  readonly reading: ReadingName;
  readonly kind: ChangeKind;
  /** Reasons that hold now and did not before, and the other way round. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What changed from one result to the next, in the article's order. Empty for equal results. */
export function compareScopes(before: ScopeResult, after: ScopeResult): ScopeChange[] {
  return after.rows.flatMap((row) => {
    const earlier = before.rows.find((other) => other.row === row.row);
    return earlier === undefined ? [] : READINGS.flatMap((reading) => changeOf(earlier, row, reading));
  });
}

function changeOf(before: RowResult, after: RowResult, reading: ReadingName): ScopeChange[] {
  const was = before[reading];
  const is = after[reading];
  const added = without(texts(is), texts(was));
  const removed = without(texts(was), texts(is));
  const kind = kindOf(was, is, added.length + removed.length > 0);
  return kind === null ? [] : [{ row: after.row, reading, kind, added, removed }];
}

function kindOf(was: RowReading, is: RowReading, reasonsDiffer: boolean): ChangeKind | null {
  if (counts(is) && !counts(was)) return "newly triggered";
  if (counts(was) && !counts(is)) return "no longer triggered";
  if (was.verdict === "undetermined" && is.verdict === "triggered") return "settled";
  if (was.verdict === "triggered" && is.verdict === "undetermined") return "reopened";
  return reasonsDiffer ? "reasons changed" : null;
}

function texts(reading: RowReading): string[] {
  return reading.reasons.map(({ text, remarks }) => [text, ...remarks].join(" "));
}

function without(all: readonly string[], known: readonly string[]): string[] {
  return all.filter((text) => !known.includes(text));
}
