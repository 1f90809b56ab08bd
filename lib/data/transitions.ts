import { ownerOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";

/** A move that was made, with the number of the revision that it was about. */
export interface StoredTransition {
  readonly move: WorksheetMove;
  readonly from: WorksheetState;
  readonly to: WorksheetState;
  readonly revision: number;
  readonly reason: string;
}

/** A move with who made it and when. */
export interface TransitionRow extends StoredTransition {
  readonly worksheetId: string;
  readonly byId: string;
  readonly at: Date;
}

/** The moves of some worksheets, the oldest first. */
export async function listTransitions(tx: ScopedTx, worksheetIds: readonly string[]): Promise<TransitionRow[]> {
  const rows = await tx.db.transition.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    worksheetId: row.worksheetId,
    move: row.move as WorksheetMove,
    from: row.fromState as WorksheetState,
    to: row.toState as WorksheetState,
    revision: row.revisionNumber,
    reason: row.reason,
    byId: row.byId,
    at: row.at,
  }));
}

/** Stores a move of the actor. @returns the row's id */
export async function insertTransition(tx: ScopedTx, worksheetId: string, made: StoredTransition): Promise<string> {
  const { move, from, to, revision, reason } = made;
  const { id } = await tx.db.transition.create({
    data: {
      worksheetId,
      ...ownerOf(tx),
      move,
      fromState: from,
      toState: to,
      revisionNumber: revision,
      reason,
      byId: tx.actor.userId,
      at: tx.now,
    },
    select: { id: true },
  });
  return id;
}
