import type { SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { newRecoveryCodes, recoveryCodeHash } from "@/lib/auth/factors/recovery-codes";
import { changeIdentity } from "@/lib/auth/open";
import { requireStepUp } from "@/lib/auth/step-up";
import { replaceRecoveryCodes } from "@/lib/data/factors";
import type { IdentityTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";

/** New codes for a person within a transaction; older ones are void. They are shown once and stored as hashes. */
export async function makeCodes(
  tx: IdentityTx,
  userId: string,
): Promise<{ readonly codes: readonly string[]; readonly changes: readonly ChangedRow[] }> {
  const codes = newRecoveryCodes();
  const ids = await replaceRecoveryCodes(tx, userId, codes.map(recoveryCodeHash));
  return { codes, changes: ids.map((id) => ({ table: "recovery_code", id })) };
}

/** Replaces one's recovery codes. @throws Failure step_up_required */
export async function renewRecoveryCodes(context: SignedInContext): Promise<readonly string[]> {
  await requireStepUp(context);
  const { actor } = context;
  return changeIdentity(context, async (tx) => {
    const { codes, changes } = await makeCodes(tx, actor.userId);
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        { action: "recovery_codes.made", requestId: context.requestId, detail: { count: codes.length } },
        changes,
      ),
    );
    return codes;
  });
}
