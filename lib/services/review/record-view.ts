import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import type { ReferenceOf } from "@/lib/auth/targets";
import { type RevisionView, viewedSince } from "@/lib/data/views";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ViewedWithin } from "@/lib/domain/audit/view-details";
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
  readonly fresh: readonly RevisionView[];
}

/** Puts to an overview which revisions' texts stand in it for the first time in a quarter of an hour. */
export async function overviewOf<T>(
  tx: ScopedTx,
  within: ViewedWithin,
  shown: T,
  lines: readonly Pick<RevisionView, "worksheetId" | "revision">[],
): Promise<Overview<T>> {
  const views = new Map(lines.map(({ worksheetId, revision }) => [worksheetId, { worksheetId, revision, within }]));
  return { shown, fresh: await freshViews(tx, [...views.values()]) };
}

/**
 * Leaves an event for each revision whose text an overview shows to the other company: it is seen there as on its own page,
 * if only in part. @returns what is shown
 */
export async function recordOverview<T>(
  context: ServiceContext,
  reference: ReferenceOf<"control.read">,
  { shown, fresh }: Overview<T>,
): Promise<T> {
  if (fresh.length === 0) return shown;
  await changeScope({ ...context, idempotency: undefined }, "control.read", reference, "none", async (tx) => {
    for (const { worksheetId, ...detail } of fresh) {
      recordWorksheetEvent(context, tx, { action: "revision.viewed", worksheetId, detail });
    }
  });
  return shown;
}

/** Whoever has just seen a revision whole has seen each part of it, and not the other way round. */
async function freshViews(
  tx: ScopedTx,
  views: readonly RevisionView[],
  worksheetId?: string,
): Promise<readonly RevisionView[]> {
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
