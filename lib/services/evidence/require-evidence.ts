import { Failure, notFound } from "@/lib/contracts/failure";
import { findEvidence, type StoredEvidence } from "@/lib/data/evidence";
import type { ScopedTx } from "@/lib/db/kinds";

/** A piece of evidence; what was removed is not there any more. @throws Failure not_found */
export async function requireEvidence(tx: ScopedTx, evidenceId: string): Promise<StoredEvidence> {
  const stored = await findEvidence(tx, evidenceId);
  if (!stored || stored.removedAt) throw notFound();
  return stored;
}

/**
 * The worksheet's own evidence, which may change there. @throws Failure not_found; blocked for what came with a shared
 * control, which changes in the register
 */
export async function requireOwnEvidence(tx: ScopedTx, evidenceId: string): Promise<StoredEvidence> {
  const stored = await requireEvidence(tx, evidenceId);
  if (stored.controlRecordId === null) return stored;
  throw new Failure("blocked", "This evidence belongs to a shared control. Change it in the register of controls.");
}
