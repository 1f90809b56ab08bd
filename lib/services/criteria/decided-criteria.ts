import { Failure } from "@/lib/contracts/failure";
import { type CriterionDecisionRow, listCriterionDecisions } from "@/lib/data/criterion-decisions";
import type { FrozenRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { StatedCriterion } from "@/lib/domain/sign-off/signed-statement";
import { criteriaInTheWay, whyNotSigned } from "@/lib/domain/workflow/criteria-gate";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";

/** The worksheet whose revision it is. */
type Judged = Pick<WorksheetMaterial, "worksheet">;

/** What was decided over the criteria of one revision. */
async function decisionsOn(tx: ScopedTx, revision: FrozenRevision): Promise<CriterionDecisionRow[]> {
  const rows = await listCriterionDecisions(tx, [revision.worksheetId]);
  return rows.filter(({ kind, revisionId }) => kind === "decision" && revisionId === revision.id);
}

/** Refuses a signature while a criterion is undecided, a question, or not met. @throws Failure text_damaged; blocked, naming each of them */
export async function requireCriteriaMet(tx: ScopedTx, { worksheet }: Judged, revision: FrozenRevision): Promise<void> {
  const { standardVersion } = readSealed(revision, worksheet).header;
  const decisions = await decisionsOn(tx, revision);
  const why = whyNotSigned(decisions, standardVersion);
  if (why !== null) throw new Failure("blocked", why, { blockers: criteriaInTheWay(decisions, standardVersion) });
}

/** What was decided over the criteria of a revision as a statement says it, in the order of its version. */
export async function statedCriteria(
  tx: ScopedTx,
  { worksheet }: Judged,
  revision: FrozenRevision,
): Promise<readonly StatedCriterion[]> {
  const { standardVersion } = readSealed(revision, worksheet).header;
  const decisions = await decisionsOn(tx, revision);
  return criteriaOf(standardVersion).flatMap(({ id, number }): StatedCriterion[] => {
    const found = decisions.find(({ criterion }) => criterion === id);
    if (!found) return [];
    const { outcome, note, byId, at } = found;
    return [{ id, number, outcome, note: note || null, by: byId, at: at.toISOString() }];
  });
}
