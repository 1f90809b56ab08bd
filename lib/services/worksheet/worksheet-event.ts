import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { recordInEngagement } from "@/lib/auth/record";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { AuditAction } from "@/lib/domain/audit/event-types";

/** What happened to a worksheet: its text itself stays out of the trail, its fingerprints stand in for it. */
export interface WorksheetEvent {
  readonly action: AuditAction;
  readonly worksheetId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Every protected row that changed; the database refuses the commit when one is missing. */
  readonly changes?: readonly ChangedRow[];
}

/** Records an event of a worksheet on the chain of the engagement's owner, whoever acts. */
export function recordWorksheetEvent(context: ServiceContext, tx: ScopedTx, event: WorksheetEvent): void {
  recordInEngagement(context, tx, event);
}

/**
 * Records an event of a private note: on the chain of the company that wrote it, and outside the engagement's trail,
 * which the other side reads.
 */
export function recordPrivateEvent(context: ServiceContext, tx: ScopedTx, event: WorksheetEvent): void {
  const { action, worksheetId, detail = {}, changes = [] } = event;
  const names = { engagementId: tx.engagement.id, worksheetId };
  const body = { action, requestId: context.requestId, detail: { ...names, ...detail } };
  tx.record(makeEvent(organisationLog(tx.actor.organisationId), tx.now, tx.actor, body, changes));
}
