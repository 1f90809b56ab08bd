import type { DeliveriesTx } from "@/lib/db/kinds";
import { KEPT_MS } from "@/lib/domain/webhooks/schedule";

/** How many messages are deleted in one transaction. */
const AT_ONCE = 500;
/** How endpoints are listed. */
const PAGE = { orderBy: { id: "asc" }, take: 100, select: { id: true, organisationId: true } } as const;

/** An endpoint by its id, and whose it is. */
export interface EndpointRef {
  readonly id: string;
  readonly organisationId: string;
}

/**
 * Removes messages whose time is over, with their attempts. Some at a time. One that waits stays, unless its endpoint is
 * off: what happens at the moment in which one is switched off may still come in line there. @returns how many
 */
export async function removeOld(tx: DeliveriesTx): Promise<number> {
  const before = new Date(tx.now.getTime() - KEPT_MS);
  return tx.db.$executeRaw`DELETE FROM webhook_message WHERE id IN
    (SELECT m.id FROM webhook_message m JOIN webhook_endpoint w ON w.id = m.endpoint_id
      WHERE m.at < ${before}::timestamptz AND (m.state <> 'waiting' OR NOT w.is_on)
      LIMIT ${AT_ONCE} FOR UPDATE OF m SKIP LOCKED)`;
}

/**
 * Endpoints that people removed and whose rows are still there, a page of them by their ids.
 * @param after the last one of the page before, which may be gone by now; null for the first page
 */
export function removedEndpoints(tx: DeliveriesTx, after: string | null): Promise<EndpointRef[]> {
  return tx.db.webhookEndpoint.findMany({ where: { removedAt: { not: null }, ...behind(after) }, ...PAGE });
}

/** Deletes some of what a removed endpoint was told, and nothing that somebody is at. @returns how many */
export function removeSomeOf(tx: DeliveriesTx, endpointId: string): Promise<number> {
  return tx.db.$executeRaw`DELETE FROM webhook_message WHERE id IN
    (SELECT id FROM webhook_message WHERE endpoint_id = ${endpointId}::uuid LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`;
}

/**
 * Deletes the row of an endpoint that was removed before an instant, once it has no messages.
 * @returns whether it did
 */
export async function deleteRemoved(tx: DeliveriesTx, id: string, before: Date): Promise<boolean> {
  const count = await tx.db.$executeRaw`DELETE FROM webhook_endpoint w
    WHERE w.id = ${id}::uuid AND w.removed_at < ${before}::timestamptz
      AND NOT EXISTS (SELECT FROM webhook_message m WHERE m.endpoint_id = w.id)`;
  return count === 1;
}

/** Endpoints whose former secret does not sign any more, and is still there; by pages, as {@link removedEndpoints}. */
export function spentSecrets(tx: DeliveriesTx, after: string | null): Promise<EndpointRef[]> {
  return tx.db.webhookEndpoint.findMany({ where: { formerUntil: { lte: tx.now }, ...behind(after) }, ...PAGE });
}

/** Deletes a former secret whose time is over. @returns whether it was still there */
export async function clearFormerSecret(tx: DeliveriesTx, id: string): Promise<boolean> {
  const { count } = await tx.db.webhookEndpoint.updateMany({
    where: { id, formerUntil: { lte: tx.now } },
    // Nothing of it is shown, so that whoever changes the endpoint meanwhile is not told that somebody else did.
    data: { formerSecret: null, formerUntil: null },
  });
  return count === 1;
}

function behind(after: string | null) {
  return after === null ? {} : { id: { gt: after } };
}
