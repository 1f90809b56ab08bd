import type { ServiceContext } from "@/lib/auth/context";
import { noteDeliveries } from "@/lib/auth/open";
import { dueLanes, type Lane, removeOld } from "@/lib/data/webhook-deliveries";

/** Where something is due, the longest due first. */
export function findDueLanes(context: ServiceContext, most: number): Promise<Lane[]> {
  return noteDeliveries(context, (tx) => dueLanes(tx, most));
}

/** Removes messages that are older than 30 days, with what became of them. */
export async function sweepDeliveries(context: ServiceContext): Promise<void> {
  while ((await noteDeliveries(context, removeOld)) > 0);
}
