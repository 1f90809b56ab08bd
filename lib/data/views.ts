import type { ScopedTx } from "@/lib/db/kinds";
import type { ViewedWithin } from "@/lib/domain/audit/view-details";

/** A revision that somebody saw: whole, or the part of it that an overview of the engagement shows. */
export interface RevisionView {
  readonly worksheetId: string;
  readonly revision: number;
  readonly within?: ViewedWithin | undefined;
}

/** What the trail says that the actor saw of the engagement's revisions since an instant, or of one worksheet's. */
export async function viewedSince(tx: ScopedTx, since: Date, worksheetId?: string): Promise<RevisionView[]> {
  const rows = await tx.db.auditEvent.findMany({
    where: {
      engagementId: tx.engagement.id,
      ...(worksheetId === undefined ? {} : { worksheetId }),
      actorId: tx.actor.userId,
      action: "revision.viewed",
      at: { gt: since },
    },
    select: { payload: true, worksheetId: true },
  });
  return rows.flatMap(({ payload, worksheetId: id }) => {
    const { detail } = JSON.parse(payload) as { detail: Omit<RevisionView, "worksheetId"> };
    return id === null ? [] : [{ worksheetId: id, revision: detail.revision, within: detail.within }];
  });
}
