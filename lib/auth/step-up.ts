import { amongAccounts } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import { spendStepUp } from "@/lib/data/sessions";
import type { ScopedTx } from "@/lib/db/kinds";

/**
 * Uses up the password that was entered again, so that each signature takes one of its own; of two acts at once
 * only one finds it. @throws Failure step_up_required when it was used meanwhile
 */
export async function consumeStepUp(tx: ScopedTx): Promise<void> {
  const { sessionId, stepUpAt } = tx.actor;
  const used = stepUpAt !== null && (await amongAccounts(tx, (identity) => spendStepUp(identity, sessionId, stepUpAt)));
  if (!used) throw new Failure("step_up_required", "Enter your password again to go on.");
}
