import { ARTICLE_ROW_IDS, type ArticleRowId } from "@/lib/domain/catalogue/article";
import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import { type ReadingName, rowOf, TRIGGER_IDS } from "@/lib/domain/keys/trigger";
import { TRIGGER_TABLE } from "@/lib/domain/keys/trigger-table";

/** The rows that an option triggers in one reading: always, or depending on the environment. */
export interface TriggerSummary {
  readonly always: readonly ArticleRowId[];
  readonly depending: readonly ArticleRowId[];
}

/** What an option triggers, before any question about the environment is answered. */
export function triggerSummary(option: KeyOptionId, reading: ReadingName): TriggerSummary {
  const rules = (row: ArticleRowId) =>
    TRIGGER_IDS.filter((trigger) => rowOf(trigger) === row).flatMap(
      (trigger) => TRIGGER_TABLE[option][trigger][reading],
    );
  const always = ARTICLE_ROW_IDS.filter((row) => rules(row).some(({ when }) => when.kind === "always"));
  const depending = ARTICLE_ROW_IDS.filter((row) => !always.includes(row) && rules(row).length > 0);
  return { always, depending };
}
