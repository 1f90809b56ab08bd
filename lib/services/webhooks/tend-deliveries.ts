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
import { logger } from "@/lib/logger";

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
 * Deletes former secrets whose time is over, what removed endpoints were told and then their rows, and messages that are
 * older than 30 days; in small batches, so that nobody waits for it. What fails at one endpoint is logged, stops none of
 * the others, and is tried again by the next sweep.
 * @param ending ends it between two batches or endpoints; the next sweep goes on
 */
export async function sweepDeliveries(context: ServiceContext, ending?: AbortSignal): Promise<void> {
  await eachEndpoint(context, spentSecrets, ending, (endpoint) =>
    withEvent(context, endpoint, "webhook.former_secret_erased", (tx) => clearFormerSecret(tx, endpoint.id)),
  );
  await eachEndpoint(context, removedEndpoints, ending, async (endpoint) => {
    await overAndOver(() => noteDeliveries(context, (tx) => removeSomeOf(tx, endpoint.id)), ending);
    if (ending?.aborted) return;
    await withEvent(context, endpoint, "webhook.erased", (tx) =>
      deleteRemoved(tx, endpoint.id, new Date(tx.now.getTime() - MARKED_MS)),
    );
  });
  // At last: it has the most to do, and nothing is behind it that its failure could stop.
  await overAndOver(() => noteDeliveries(context, removeOld), ending);
}

/** Goes through endpoints a page at a time; each has its turn, whatever came of those before. */
async function eachEndpoint(
  context: ServiceContext,
  list: (tx: DeliveriesTx, after: string | null) => Promise<EndpointRef[]>,
  ending: AbortSignal | undefined,
  work: (endpoint: EndpointRef) => Promise<void>,
): Promise<void> {
  let page: EndpointRef[] = [];
  do {
    const after = page.at(-1)?.id ?? null;
    page = await noteDeliveries(context, (tx) => list(tx, after));
    for (const endpoint of page) {
      if (ending?.aborted) return;
      await work(endpoint).catch((error: unknown) => {
        logger().warn(
          { err: error, webhookId: endpoint.id },
          "the sweep of a webhook failed, and the next one tries again",
        );
      });
    }
  } while (page.length > 0);
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
