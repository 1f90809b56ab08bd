import type { RevisionSummaryDto, SignOffDto, TransitionDto } from "@/lib/contracts/review";
import type { PersonRef } from "@/lib/contracts/section";
import type { WorksheetTarget } from "@/lib/data/facts";
import { personRef } from "@/lib/data/people";
import type { RevisionRow } from "@/lib/data/revisions";
import type { TransitionRow } from "@/lib/data/transitions";
import type { View } from "@/lib/domain/access/policy";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { DecisionRow } from "@/lib/services/worksheet/material";

type Names = ReadonlyMap<string, PersonRef>;

/** A revision as a line of history. */
export function revisionSummaryDto(row: RevisionRow, names: Names): RevisionSummaryDto {
  return {
    number: row.number,
    digest: row.digest,
    submittedAt: row.submittedAt.toISOString(),
    submittedBy: personRef(names, row.submittedById),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
  };
}

/** A move as a line of history. */
export function transitionDto(row: TransitionRow, names: Names): TransitionDto {
  const { move, from, to, revision, reason } = row;
  return { move, from, to, revision, reason, by: personRef(names, row.byId), at: row.at.toISOString() };
}

/** A decision; the signer's name is the one that stood on it then. */
export function signOffDto(row: DecisionRow): SignOffDto {
  return {
    id: row.id,
    kind: row.kind,
    revision: row.revision,
    digest: row.digest,
    statementVersion: row.statementVersion,
    statementText: row.statementText,
    reason: row.reason,
    signer: { id: row.signerId, name: row.signerName },
    signerRole: row.signerRole,
    firmName: row.firmName,
    at: row.at.toISOString(),
    statementSha256: row.statementSha256,
    witness: row.witness,
    elsewhere: row.elsewhere,
  };
}

/** Whether a view shows a move: the entity's internal review is its own, and observers see no drafting at all. */
export function showsTransition(view: View, row: TransitionRow): boolean {
  return view === "all" || (view === "submitted" && isSeenOutside(row));
}

/** Whether a move shows to those who see only what was submitted. */
export function isSeenOutside(row: TransitionRow): boolean {
  return row.to !== "internal_review" && row.move !== "send_back";
}

/**
 * Where a worksheet stands for a view: as the moves that show from outside left it. From there, an internal review
 * looks like the writing before it.
 * @param rows the worksheet's moves, the oldest first; not needed for those who see all
 */
export function stateFor(view: View, state: WorksheetState, rows: readonly TransitionRow[]): WorksheetState {
  return view === "all" ? state : (rows.findLast(isSeenOutside)?.to ?? "draft");
}

/** Where a revision stands for a view, or where it came to rest when a later one took its place. */
export function stateOfRevision(
  view: View,
  { facts, revisionNumber }: WorksheetTarget,
  revision: number,
  rows: readonly TransitionRow[],
): WorksheetState {
  if (revision === revisionNumber) return stateFor(view, facts.state, rows);
  // Reopening belongs to the worksheet: the revision before it stays what it was.
  const own = rows.filter((row) => row.revision === revision && row.move !== "reopen");
  return own.findLast((row) => view === "all" || isSeenOutside(row))?.to ?? "draft";
}
