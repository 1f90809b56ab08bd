import type { SystemTx } from "@/lib/db/kinds";
import type { ScanState } from "@/lib/domain/evidence/blob-state";

/** Stored bytes as the sweep sees them. */
export interface SweptBlob {
  readonly id: string;
  readonly engagementId: string;
  readonly organisationId: string;
  readonly sha256: string;
  readonly size: number;
  readonly key: string;
  readonly scan: ScanState;
  readonly damagedAt: Date | null;
}

const SWEPT = {
  ...{ id: true, engagementId: true, organisationId: true, sha256: true, size: true },
  ...{ key: true, scan: true, damagedAt: true },
} as const;

/** The bytes that were not given up, some after another in the order of their ids. */
export async function blobsAfter(tx: SystemTx, id: string | null, most: number): Promise<SweptBlob[]> {
  const rows = await tx.db.blob.findMany({
    where: { removedAt: null, ...(id === null ? {} : { id: { gt: id } }) },
    orderBy: { id: "asc" },
    take: most,
    select: SWEPT,
  });
  return rows.map((row) => ({ ...row, scan: row.scan as ScanState }));
}

/** Which of these keys something names that was not given up. */
export async function keysInUse(tx: SystemTx, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.db.blob.findMany({
    where: { key: { in: [...keys] }, removedAt: null },
    distinct: ["key"],
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}

/** Holds an organisation's store until the commit: nobody adds a file meanwhile. */
export async function holdStore(tx: SystemTx, organisationId: string): Promise<void> {
  const name = `countervail-blobs:${organisationId}`;
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** Notes that bytes are damaged, or that they are whole again. @returns whether that is new */
export async function noteDamage(tx: SystemTx, id: string, damaged: boolean): Promise<boolean> {
  const { count } = await tx.db.blob.updateMany({
    where: { id, removedAt: null, damagedAt: damaged ? null : { not: null } },
    data: { damagedAt: damaged ? tx.now : null },
  });
  return count === 1;
}

/** Notes what the virus scanner said of bytes that waited for it. @returns whether they still waited */
export async function noteScan(
  tx: SystemTx,
  id: string,
  scan: Extract<ScanState, "clean" | "infected">,
  note: string,
): Promise<boolean> {
  const { count } = await tx.db.blob.updateMany({
    where: { id, scan: "pending", removedAt: null },
    data: { scan, scanNote: note, scannedAt: tx.now },
  });
  return count === 1;
}
