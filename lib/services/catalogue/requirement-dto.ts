import type {
  ArticleRowDto,
  ArticleRowRefDto,
  RequirementRefDto,
  RequirementSummaryDto,
  TriggeringOptionDto,
  TriggerRuleDto,
} from "@/lib/contracts/catalogue";
import type { ArticleRow } from "@/lib/domain/catalogue/article";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { RequirementEntry } from "@/lib/domain/catalogue/entries";
import { KEY_OPTION_IDS, type KeyOption } from "@/lib/domain/catalogue/key-option";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { canTrigger } from "@/lib/domain/keys/scope-result";
import { type ReadingName, rowOf, TRIGGER_IDS } from "@/lib/domain/keys/trigger";
import { TRIGGER_TABLE } from "@/lib/domain/keys/trigger-table";

/** A requirement's line in a list. */
export function summaryOf(
  { requirement, standing, counterparts, articleRows, numberingSlips }: RequirementEntry,
  catalogue: Catalogue,
): RequirementSummaryDto {
  return {
    ...requirement,
    status: standing,
    counterparts,
    articleRows: articleRows.map(rowRef),
    numberingSlips,
    disputed: false,
    disputeReason: null,
    sources: [],
    definition: true,
    asOf: catalogue.manifest.asOf,
  };
}

function rowRef(row: ArticleRow): ArticleRowRefDto {
  const { id, title, statusToday, services, disputed, disputeReason, sources, definition, asOf } = row;
  const keyOptions = KEY_OPTION_IDS.filter((option) => canTrigger(id, option));
  return { id, title, statusToday, services, keyOptions, disputed, disputeReason, sources, definition, asOf };
}

/** A number with its title. */
export function requirementRef({ number, title, leaf, noCcw }: Requirement): RequirementRefDto {
  return { number, title, leaf, noCcw };
}

/** An article row in depth, with the key options that trigger it. */
export function articleRowDto(row: ArticleRow, options: readonly KeyOption[]): ArticleRowDto {
  return {
    ...row,
    triggeredBy: options.filter((option) => canTrigger(row.id, option.id)).map((option) => triggering(row, option)),
  };
}

function triggering(row: ArticleRow, { id, name }: KeyOption): TriggeringOptionDto {
  const rules = (reading: ReadingName): TriggerRuleDto[] =>
    TRIGGER_IDS.filter((trigger) => rowOf(trigger) === row.id)
      .flatMap((trigger) => TRIGGER_TABLE[id][trigger][reading])
      .map(({ reason, when }) => ({ text: reason, always: when.kind === "always" }));
  return { option: id, name, article: rules("article"), today: rules("today") };
}
