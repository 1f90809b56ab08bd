import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, readScope } from "@/lib/auth/scope";
import type { ReferenceOf } from "@/lib/auth/targets";
import { type RevisionView, viewedSince } from "@/lib/data/views";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ViewedRevision, ViewedWithin } from "@/lib/domain/audit/view-details";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** A look at a page within so long of the last one belongs to the same view. */
const ONE_VIEW_MS = 15 * 60_000;

/**
 * Leaves an event that the other company saw a submitted revision. A page is read in several requests and read again
 * while somebody works on it, so one event stands for a quarter of an hour.
 */
export async function recordView(context: ServiceContext, worksheetId: string, revision: number): Promise<void> {
  const fresh = await readScope(context, "worksheet.read", { worksheetId }, (tx) =>
    freshViews(tx, [{ worksheetId, revision }], worksheetId),
  );
  if (fresh.length === 0) return;
  await changeScope({ ...context, idempotency: undefined }, "worksheet.read", { worksheetId }, "none", async (tx) => {
    recordWorksheetEvent(context, tx, { action: "revision.viewed", worksheetId, detail: { revision } });
  });
}

/** What an overview of the engagement's controls shows, and what of it the other company sees that it has not just seen. */
export interface Overview<T> {
  readonly shown: T;
  readonly within: ViewedWithin;
  readonly fresh: readonly ShownRevision[];
}

/** A revision whose text stands in an overview. */
interface ShownRevision extends ViewedRevision {
  readonly requirementNumber: string;
}

/** Puts to an overview which revisions' texts stand in it for the first time in a quarter of an hour. */
export async function overviewOf<T>(
  tx: ScopedTx,
  within: ViewedWithin,
  shown: T,
  lines: readonly ShownRevision[],
): Promise<Overview<T>> {
  const views = new Map(
    lines.map(({ worksheetId, revision, requirementNumber }) => [
      worksheetId,
      { worksheetId, revision, requirementNumber, within },
    ]),
  );
  return { shown, within, fresh: await freshViews(tx, [...views.values()]) };
}

/**
 * Leaves an event of the revisions whose text an overview shows to the other company: they are seen there as on their own
 * pages, if only in part. It is one for all of them: the chain of the entity is held while events are written, and an
 * engagement may have hundreds of worksheets. @returns what is shown
 */
export async function recordOverview<T>(
  context: ServiceContext,
  reference: ReferenceOf<"control.read">,
  { shown, within, fresh }: Overview<T>,
): Promise<T> {
  if (fresh.length === 0) return shown;
  await changeScope({ ...context, idempotency: undefined }, "control.read", reference, "none", async (tx) => {
    const revisions = fresh.map(({ worksheetId, revision }) => ({ worksheetId, revision }));
    const requirementNumbers = [...new Set(fresh.map(({ requirementNumber }) => requirementNumber))];
    recordInEngagement(context, tx, { action: "revision.viewed", detail: { within, revisions, requirementNumbers } });
  });
  return shown;
}

/** Whoever has just seen a revision whole has seen each part of it, and not the other way round. */
async function freshViews<V extends RevisionView>(
  tx: ScopedTx,
  views: readonly V[],
  worksheetId?: string,
): Promise<readonly V[]> {
  if (views.length === 0 || tx.actor.organisationId === tx.engagement.organisationId) return [];
  const seen = await viewedSince(tx, new Date(tx.now.getTime() - ONE_VIEW_MS), worksheetId);
  return views.filter(
    (view) =>
      !seen.some(
        (one) =>
          one.worksheetId === view.worksheetId &&
          one.revision === view.revision &&
          (one.within === undefined || one.within === view.within),
      ),
  );
}
