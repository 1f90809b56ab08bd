import type { OrganisationTx, PublicTx, ScopedTx, SystemTx } from "@/lib/db/kinds";

/** A checkpoint as it is stored; the note is the exact text that was signed. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly keyId: string;
  readonly at: Date;
}

/** The newest checkpoint of a chain, null when there is none yet, and when the first event behind it happened. */
export async function readLastCheckpoint(
  tx: ScopedTx | OrganisationTx,
  logId: string,
): Promise<{ readonly checkpoint: StoredCheckpoint | null; readonly nextAt: Date | null }> {
  const [row] = await tx.db.$queryRaw<
    {
      size: bigint | null;
      root: Uint8Array;
      note: string;
      key_id: string;
      at: Date;
      next_at: Date | null;
    }[]
  >`SELECT size, root, note, key_id, at, next_at FROM audit_last_checkpoint(${logId})`;
  if (!row) return { checkpoint: null, nextAt: null };
  const { size, root, note, key_id: keyId, at, next_at: nextAt } = row;
  return { checkpoint: size === null ? null : { size: Number(size), root, note, keyId, at }, nextAt };
}

/** This service's name in everything that it signs. */
export async function readServiceId(tx: PublicTx | ScopedTx | OrganisationTx | SystemTx): Promise<string> {
  const { id } = await tx.db.serviceIdentity.findFirstOrThrow({ select: { id: true } });
  return id;
}
