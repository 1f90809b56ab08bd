import { catalogueOf } from "@/lib/data/requirements";
import { findAnswers, type ScopeAnswersRow } from "@/lib/data/scope-answers";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { find } from "@/lib/domain/catalogue/tree";
import type { EngagementRecord } from "@/lib/domain/engagement/record";
import type { ScopeResult } from "@/lib/domain/keys/scope-result";
import { type WorkbookRequirement, workbookRequirements } from "@/lib/domain/keys/workbook";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import { resultOf } from "@/lib/domain/scope/wizard";

/** The answers of an engagement and what follows from them. */
export interface ScopeState {
  readonly row: ScopeAnswersRow;
  readonly catalogue: Catalogue;
  /** The requirements of the engagement's PCI DSS version. */
  readonly own: readonly Requirement[];
  readonly result: ScopeResult;
  readonly requirements: readonly WorkbookRequirement[];
}

/** Reads the answers and computes what they trigger, on the engagement's own catalogue version. */
export async function loadScope(tx: ScopedTx): Promise<ScopeState> {
  const row = await findAnswers(tx);
  const catalogue = await catalogueOf(tx, tx.engagement.catalogueVersion);
  const result = resultOf(row.answers);
  const own = catalogue.requirements.filter(({ version }) => version === tx.engagement.standardVersion);
  return { row, catalogue, own, result, requirements: requirementsOf(tx.engagement, catalogue, row.answers) };
}

/**
 * The requirements that answers lead to. Nothing is put before a lead who has not named a key option yet; and what
 * concerns service providers alone is left out for an entity that said it is none.
 */
export function requirementsOf(
  { standardVersion }: Pick<EngagementRecord, "standardVersion">,
  catalogue: Catalogue,
  answers: ScopeAnswers,
): WorkbookRequirement[] {
  if (!answers.keyOptions || answers.keyOptions.length === 0) return [];
  const requirements = catalogue.requirements.filter(({ version }) => version === standardVersion);
  const leaveOut = (number: string) =>
    answers.serviceProvider === false && find(requirements, number)?.serviceProvidersOnly === true;
  return workbookRequirements(resultOf(answers), catalogue.articleRows, standardVersion, leaveOut);
}
