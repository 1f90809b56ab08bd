import type { ScopedTx } from "@/lib/db/kinds";

/** Whether the trail says that the actor saw a revision of a worksheet since an instant. */
export async function wasViewed(tx: ScopedTx, worksheetId: string, revision: number, since: Date): Promise<boolean> {
  const rows = await tx.db.auditEvent.findMany({
    where: {
      engagementId: tx.engagement.id,
      worksheetId,
      actorId: tx.actor.userId,
      action: "revision.viewed",
      at: { gt: since },
    },
    select: { payload: true },
  });
  return rows.some(({ payload }) => {
    const { detail } = JSON.parse(payload) as { detail: { revision?: number } };
    return detail.revision === revision;
  });
}
