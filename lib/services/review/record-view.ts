import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import { wasViewed } from "@/lib/data/views";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** A look at a page within so long of the last one belongs to the same view. */
const ONE_VIEW_MS = 15 * 60_000;

/**
 * Leaves an event that the other company saw a submitted revision. A page is read in several requests and read again
 * while somebody works on it, so one event stands for a quarter of an hour.
 */
export async function recordView(context: ServiceContext, worksheetId: string, revision: number): Promise<void> {
  const isNew = await readScope(context, "worksheet.read", { worksheetId }, async (tx) => {
    if (tx.actor.organisationId === tx.engagement.organisationId) return false;
    return !(await wasViewed(tx, worksheetId, revision, new Date(tx.now.getTime() - ONE_VIEW_MS)));
  });
  if (!isNew) return;
  await changeScope({ ...context, idempotency: undefined }, "worksheet.read", { worksheetId }, "none", async (tx) => {
    recordWorksheetEvent(context, tx, { action: "revision.viewed", worksheetId, detail: { revision } });
  });
}
