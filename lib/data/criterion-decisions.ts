import { ownerOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { CriterionOutcome } from "@/lib/domain/workflow/criteria-gate";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";

/** What was decided, or what an assistant proposes to decide. */
export type CriterionDecisionKind = "decision" | "proposal";

/** A decision over a criterion of one revision, as stored. */
export interface CriterionDecisionRow {
  readonly id: string;
  readonly worksheetId: string;
  readonly revisionId: string;
  readonly revision: number;
  readonly criterion: CriterionId;
  readonly kind: CriterionDecisionKind;
  readonly outcome: CriterionOutcome;
  readonly note: string;
  readonly threadId: string | null;
  readonly byId: string;
  readonly at: Date;
  readonly version: number;
}

/** Which decision: of which criterion, on which revision. */
export interface CriterionPlace {
  readonly worksheetId: string;
  readonly revisionId: string;
  readonly criterion: CriterionId;
  readonly kind: CriterionDecisionKind;
}

/** What is decided. */
export interface CriterionFinding {
  readonly outcome: CriterionOutcome;
  readonly note: string;
  readonly threadId: string | null;
}

/** The decisions of some worksheets on all their revisions, and the proposals of the actor's company; the oldest revision first. */
export async function listCriterionDecisions(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<CriterionDecisionRow[]> {
  const rows = await tx.db.criterionDecision.findMany({
    where: {
      worksheetId: { in: [...worksheetIds] },
      engagementId: tx.engagement.id,
      OR: [{ kind: "decision" }, { authorOrganisationId: tx.actor.organisationId }],
    },
    include: { revision: { select: { number: true } } },
    orderBy: [{ revision: { number: "asc" } }, { id: "asc" }],
  });
  return rows.map(({ revision, ...row }) => ({
    ...row,
    revision: revision.number,
    criterion: row.criterion as CriterionId,
    kind: row.kind as CriterionDecisionKind,
    outcome: row.outcome as CriterionOutcome,
  }));
}

/**
 * Stores what the actor finds of a criterion over the version that was read; 0 where nothing was found yet.
 * @returns the row's id, or null when somebody else was first: then nothing is changed
 */
export async function storeCriterionDecision(
  tx: ScopedTx,
  place: CriterionPlace,
  finding: CriterionFinding,
  baseVersion: number,
): Promise<string | null> {
  const { organisationId: authorOrganisationId, userId: byId } = tx.actor;
  const stated = { ...finding, authorOrganisationId, byId, at: tx.now, version: baseVersion + 1 };
  if (baseVersion === 0) {
    const [made] = await tx.db.criterionDecision.createManyAndReturn({
      data: [{ ...place, ...ownerOf(tx), ...stated }],
      skipDuplicates: true,
      select: { id: true },
    });
    return made?.id ?? null;
  }
  const [changed] = await tx.db.criterionDecision.updateManyAndReturn({
    where: {
      ...{ ...place, engagementId: tx.engagement.id, version: baseVersion },
      // A proposal is its company's; a decision is one, whichever company decides by now.
      ...(place.kind === "proposal" && { authorOrganisationId }),
    },
    data: stated,
    select: { id: true },
  });
  return changed?.id ?? null;
}
