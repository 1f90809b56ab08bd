import type { RevisionSummaryDto, SignOffDto, TransitionDto } from "@/lib/contracts/review";
import type { PersonRef } from "@/lib/contracts/section";
import { personRef } from "@/lib/data/people";
import type { RevisionRow } from "@/lib/data/revisions";
import type { SignOffRow } from "@/lib/data/sign-offs";
import type { TransitionRow } from "@/lib/data/transitions";
import type { View } from "@/lib/domain/access/policy";

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

/** A statement; the signer's name is the one that stood on it then. */
export function signOffDto(row: SignOffRow): SignOffDto {
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
  };
}

/** Whether a view shows a move: the entity's internal review is its own, and observers see no drafting at all. */
export function showsTransition(view: View, row: TransitionRow): boolean {
  if (view === "all") return true;
  return view === "submitted" && row.to !== "internal_review" && row.move !== "send_back";
}
