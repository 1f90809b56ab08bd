import type { OrganisationTx, ScopedTx, SystemTx } from "@/lib/db/kinds";

/** One of the signer's lists of keys as it was recorded; the envelope is its exact text. */
export interface RecordedKeySet {
  readonly number: number;
  /** SHA-256 of the signed document, in hexadecimal. */
  readonly digest: string;
  readonly envelope: string;
}

const COLUMNS = { number: true, digest: true, envelope: true } as const;

/** The newest list, or null. */
export function findLastKeySet(tx: ScopedTx | OrganisationTx | SystemTx): Promise<RecordedKeySet | null> {
  return tx.db.signingKeySet.findFirst({ orderBy: { number: "desc" }, select: COLUMNS });
}

/** Records the next list. */
export async function insertKeySet(tx: SystemTx, keySet: RecordedKeySet): Promise<void> {
  await tx.db.signingKeySet.create({ data: { ...keySet, recordedAt: tx.now }, select: COLUMNS });
}
