import { notFound } from "@/lib/contracts/failure";
import { findEvidence, type StoredEvidence } from "@/lib/data/evidence";
import type { ScopedTx } from "@/lib/db/kinds";

/** A piece of evidence; what was removed is not there any more. @throws Failure not_found */
export async function requireEvidence(tx: ScopedTx, evidenceId: string): Promise<StoredEvidence> {
  const stored = await findEvidence(tx, evidenceId);
  if (!stored || stored.removedAt) throw notFound();
  return stored;
}
