import type { ServiceContext } from "@/lib/auth/context";
import { type EventBody, makeEvent, organisationLog } from "@/lib/auth/events";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";

/** An event as a use case words it; who, when and where come from the transaction. */
export type RecordedEvent = Omit<EventBody, "requestId" | "engagementId"> & {
  /** Every protected row that changed; the database refuses the commit when one is missing. */
  readonly changes?: readonly ChangedRow[];
};

/** Records an event of an engagement on the chain of its owner, whoever acts. */
export function recordInEngagement(context: ServiceContext, tx: ScopedTx, event: RecordedEvent): void {
  const { changes = [], ...body } = event;
  const named = { ...body, requestId: context.requestId, engagementId: tx.engagement.id };
  tx.record(makeEvent(organisationLog(tx.engagement.organisationId), tx.now, tx.actor, named, changes));
}

/** Records an event of the actor's own organisation. */
export function recordInOrganisation(
  context: ServiceContext,
  tx: OrganisationTx,
  event: RecordedEvent & Pick<EventBody, "engagementId">,
): void {
  const { changes = [], ...body } = event;
  const named = { ...body, requestId: context.requestId };
  tx.record(makeEvent(organisationLog(tx.organisationId), tx.now, tx.actor, named, changes));
}
