import { ARTICLE_ROW_IDS, type ArticleRowId } from "@/lib/domain/catalogue/article";
import { KEY_OPTION_IDS, type KeyOptionId } from "@/lib/domain/catalogue/key-option";
import { type Evaluation, evaluate, type Truth } from "@/lib/domain/keys/condition";
import type { FactName, ScopeFacts } from "@/lib/domain/keys/facts";
import { READINGS, type ReadingName, type Rule, rowOf, TRIGGER_IDS, type TriggerId } from "@/lib/domain/keys/trigger";
import { TRIGGER_TABLE } from "@/lib/domain/keys/trigger-table";

/** What is missing for a decision: a fact, or the choice of key options itself. */
export type Missing = FactName | "keyOptions";

/** Undetermined means: not answered yet, and therefore counted as triggered. */
export type Verdict = "triggered" | "undetermined" | "clear";

/** One reason why a row is touched, and by which key options. */
export interface TriggerReason {
  readonly trigger: TriggerId;
  readonly options: readonly KeyOptionId[];
  readonly verdict: Exclude<Verdict, "clear">;
  readonly text: string;
  readonly remarks: readonly string[];
  /** Facts that could still turn it; empty when triggered. */
  readonly missing: readonly FactName[];
}

/** A row in one reading. */
export interface RowReading {
  readonly verdict: Verdict;
  readonly reasons: readonly TriggerReason[];
  readonly missing: readonly Missing[];
}

/** A row of the article in both readings. Its sources are those of the catalogue's row. */
export interface RowResult {
  readonly row: ArticleRowId;
  readonly article: RowReading;
  readonly today: RowReading;
}

/** How many of the 21 rows count as triggered, and how many of those only for want of an answer. */
export interface ReadingCount {
  readonly triggered: number;
  readonly undetermined: number;
}

/** What follows from the answers: every row of the article in its order, and both counts. */
export interface ScopeResult {
  /** Empty while no key option is chosen. */
  readonly options: readonly KeyOptionId[];
  readonly rows: readonly RowResult[];
  readonly counts: Readonly<Record<ReadingName, ReadingCount>>;
}

/**
 * Evaluates the trigger table for the key options in use. While none is chosen, a row is triggered only when every
 * option triggers it, clear only when none can, and undetermined otherwise.
 */
export function evaluateScope(options: readonly KeyOptionId[], facts: ScopeFacts): ScopeResult {
  const used = KEY_OPTION_IDS.filter((option) => options.includes(option));
  const rows = ARTICLE_ROW_IDS.map((row) => ({
    row,
    article: readRow(row, "article", used, facts),
    today: readRow(row, "today", used, facts),
  }));
  return { options: used, rows, counts: { article: count(rows, "article"), today: count(rows, "today") } };
}

/** Triggered or not answered yet: what has to be dealt with. */
export function counts(reading: Pick<RowReading, "verdict">): boolean {
  return reading.verdict !== "clear";
}

/** Whether an option can trigger a row in either reading, whatever the facts are. */
export function canTrigger(row: ArticleRowId, option: KeyOptionId): boolean {
  return TRIGGER_IDS.some(
    (trigger) =>
      rowOf(trigger) === row && READINGS.some((reading) => TRIGGER_TABLE[option][trigger][reading].length > 0),
  );
}

function readRow(row: ArticleRowId, reading: ReadingName, used: readonly KeyOptionId[], facts: ScopeFacts): RowReading {
  if (used.length === 0) return readWithoutOptions(row, reading, facts);
  const reasons = TRIGGER_IDS.filter((trigger) => rowOf(trigger) === row).flatMap((trigger) =>
    reasonsOf(trigger, reading, used, facts),
  );
  const verdict = strongest(reasons.map((reason) => reason.verdict));
  const missing = verdict === "undetermined" ? [...new Set(reasons.flatMap((reason) => reason.missing))] : [];
  return { verdict, reasons, missing };
}

function readWithoutOptions(row: ArticleRowId, reading: ReadingName, facts: ScopeFacts): RowReading {
  const each = KEY_OPTION_IDS.map((option) => readRow(row, reading, [option], facts).verdict);
  if (each.every((verdict) => verdict === "clear")) return { verdict: "clear", reasons: [], missing: [] };
  const verdict = each.every((one) => one === "triggered") ? "triggered" : "undetermined";
  return { verdict, reasons: [], missing: verdict === "undetermined" ? ["keyOptions"] : [] };
}

/** Equal rules of several options become one reason. */
function reasonsOf(
  trigger: TriggerId,
  reading: ReadingName,
  used: readonly KeyOptionId[],
  facts: ScopeFacts,
): TriggerReason[] {
  const byRule = new Map<string, { rule: Rule; options: KeyOptionId[]; found: Evaluation }>();
  for (const option of used) {
    for (const rule of TRIGGER_TABLE[option][trigger][reading]) {
      const found = evaluate(rule.when, facts);
      if (found.truth === "no") continue;
      const key = `${found.truth} ${found.missing.join()} ${rule.reason}`;
      const known = byRule.get(key);
      if (known === undefined) byRule.set(key, { rule, options: [option], found });
      else known.options.push(option);
    }
  }
  return [...byRule.values()].map(({ rule, options, found }) => ({
    trigger,
    options,
    verdict: found.truth === "yes" ? "triggered" : "undetermined",
    text: rule.reason,
    remarks: (rule.remarks ?? []).filter(({ when }) => holds(evaluate(when, facts).truth)).map(({ text }) => text),
    missing: found.missing,
  }));
}

function holds(truth: Truth): boolean {
  return truth === "yes";
}

/** The verdict that has to be acted on: triggered before undetermined before clear. */
export function strongest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("triggered")) return "triggered";
  return verdicts.includes("undetermined") ? "undetermined" : "clear";
}

function count(rows: readonly RowResult[], reading: ReadingName): ReadingCount {
  const verdicts = rows.map((row) => row[reading].verdict);
  return {
    triggered: verdicts.filter((verdict) => verdict !== "clear").length,
    undetermined: verdicts.filter((verdict) => verdict === "undetermined").length,
  };
}
