import { setTimeout as pause } from "node:timers/promises";
import type { ServiceContext } from "@/lib/auth/context";
import { Failure } from "@/lib/contracts/failure";
import { requestCheckpoint } from "@/lib/services/trail/checkpoints";

/** How long whoever has signed waits for the checkpoint over it; it comes all the same (milliseconds). */
const CHECKPOINT_MS = 3_000;

/**
 * Has a chain covered by a checkpoint once a statement has entered it. The signer looks by itself within a minute; whoever
 * has just signed, refused, revoked or reopened sees it at once. That it does not come is no failure of the statement.
 */
export async function coverStatement(context: ServiceContext, logId: string): Promise<void> {
  const covered = requestCheckpoint(context, logId).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
  });
  await Promise.race([covered, pause(CHECKPOINT_MS, undefined, { ref: false })]);
}
