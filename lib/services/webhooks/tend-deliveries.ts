import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeDeliveries, noteDeliveries } from "@/lib/auth/open";
import { dueLanes, findHold, type Lane } from "@/lib/data/webhook-deliveries";
import {
  clearFormerSecret,
  deleteRemoved,
  type EndpointRef,
  removedEndpoints,
  removeOld,
  removeSomeOf,
  spentSecrets,
} from "@/lib/data/webhook-leftovers";
import type { DeliveriesTx } from "@/lib/db/kinds";

/**
 * How long the row of a removed endpoint stays after it was marked (milliseconds): longer than any transaction takes that
 * began before and may put a message in line for it, so that none is waited for. The mark is the beginning of a request
 * that may have come to its commit late, by another machine's clock; those may differ by a minute or two.
 */
const MARKED_MS = 5 * 60_000;

/** Where something is due, in the order in which endpoints have their turns. */
export function findDueLanes(context: ServiceContext, most: number): Promise<Lane[]> {
  return noteDeliveries(context, (tx) => dueLanes(tx, most));
}

/** Whether the signer has signed anything here: where it never did, it has no word on what is missing. */
export async function hasBeenSigned(context: ServiceContext): Promise<boolean> {
  return (await noteDeliveries(context, findHold)).signed;
}

/**
 * Removes messages that are older than 30 days, what removed endpoints were told and then their rows, and former secrets
 * whose time is over; in small batches, so that nobody waits for it.
 * @param ending ends it between two batches; the next sweep goes on
 */
export async function sweepDeliveries(context: ServiceContext, ending?: AbortSignal): Promise<void> {
  await overAndOver(() => noteDeliveries(context, removeOld), ending);
  for (const endpoint of await noteDeliveries(context, removedEndpoints)) {
    await overAndOver(() => noteDeliveries(context, (tx) => removeSomeOf(tx, endpoint.id)), ending);
    await withEvent(context, endpoint, "webhook.erased", (tx) =>
      deleteRemoved(tx, endpoint.id, new Date(tx.now.getTime() - MARKED_MS)),
    );
  }
  for (const endpoint of await noteDeliveries(context, spentSecrets)) {
    await withEvent(context, endpoint, "webhook.former_secret_erased", (tx) => clearFormerSecret(tx, endpoint.id));
  }
}

async function overAndOver(removeSome: () => Promise<number>, ending: AbortSignal | undefined): Promise<void> {
  while (!ending?.aborted && (await removeSome()) > 0);
}

/** Changes an endpoint's row with an event of the service, or finds that there is nothing to change. */
async function withEvent(
  context: ServiceContext,
  { id, organisationId }: EndpointRef,
  action: "webhook.erased" | "webhook.former_secret_erased",
  change: (tx: DeliveriesTx) => Promise<boolean>,
): Promise<void> {
  await changeDeliveries(context, organisationId, async (tx) => {
    if (!(await change(tx))) throw new NothingThere();
    const body = { action, requestId: context.requestId, detail: { webhookId: id } } as const;
    tx.record(makeEvent(organisationLog(organisationId), tx.now, null, body, [{ table: "webhook_endpoint", id }]));
  }).catch((error: unknown) => {
    if (!(error instanceof NothingThere)) throw error;
  });
}

/** Somebody else was first, or it is not time yet: nothing changes, and nothing is told. */
class NothingThere extends Error {
  override readonly name = "NothingThere";
}
