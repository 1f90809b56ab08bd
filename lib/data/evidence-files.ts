import { ownerOf } from "@/lib/data/worksheets";
import type { Prisma } from "@/lib/db/generated/client";
import type { ScopedTx } from "@/lib/db/kinds";
import { type FileState, fileStateOf, type ScanState } from "@/lib/domain/evidence/blob-state";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";

/** Stored bytes as their row describes them. */
export interface StoredBlob {
  readonly id: string;
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
  readonly key: string;
  readonly scan: ScanState;
  readonly state: FileState;
}

/** A file of a piece of evidence of the draft. */
export interface StoredFile extends EvidenceFileEntry {
  readonly id: string;
  readonly evidenceId: string;
  readonly worksheetId: string;
  readonly blob: StoredBlob;
  readonly uploadedById: string;
  readonly uploadedAt: Date;
}

/** The files of some worksheets that were not taken out, by the id of their evidence, in the order they were added. */
export async function loadFiles(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredFile[]>> {
  const rows = await tx.db.evidenceFile.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id, removedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    include: { blob: true },
  });
  const byEvidence = new Map<string, StoredFile[]>();
  for (const row of rows) byEvidence.set(row.evidenceId, [...(byEvidence.get(row.evidenceId) ?? []), toFile(row)]);
  return byEvidence;
}

/** One file that was not taken out, or null. */
export async function findFile(tx: ScopedTx, evidenceId: string, id: string): Promise<StoredFile | null> {
  const row = await tx.db.evidenceFile.findFirst({
    where: { id, evidenceId, engagementId: tx.engagement.id, removedAt: null },
    include: { blob: true },
  });
  return row && toFile(row);
}

/** The bytes of that digest in the engagement, tombstones included, or null. */
export async function findBlob(tx: ScopedTx, sha256: string): Promise<StoredBlob | null> {
  return (await findBlobs(tx, [sha256])).get(sha256) ?? null;
}

/** The bytes of some digests in the engagement, tombstones included, by their digest. */
export async function findBlobs(tx: ScopedTx, digests: readonly string[]): Promise<ReadonlyMap<string, StoredBlob>> {
  if (digests.length === 0) return new Map();
  const rows = await tx.db.blob.findMany({
    where: { sha256: { in: [...new Set(digests)] }, engagementId: tx.engagement.id },
  });
  return new Map(rows.map((row) => [row.sha256, toBlob(row)]));
}

/** How the bytes of some digests stand; a digest that has no row is missing in it. */
export async function blobStates(tx: ScopedTx, digests: readonly string[]): Promise<ReadonlyMap<string, FileState>> {
  return new Map([...(await findBlobs(tx, digests))].map(([digest, { state }]) => [digest, state]));
}

/** Holds the organisation's store until the commit, so that two uploads cannot both take the last room. */
export async function holdRoom(tx: ScopedTx): Promise<void> {
  const name = `countervail-blobs:${tx.engagement.organisationId}`;
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** How many files a worksheet has, and how many bytes its organisation stores in all its engagements. */
export async function roomTaken(
  tx: ScopedTx,
  worksheetId: string,
): Promise<{ readonly worksheetFiles: number; readonly organisationBytes: number }> {
  const worksheetFiles = await tx.db.evidenceFile.count({
    where: { worksheetId, engagementId: tx.engagement.id, removedAt: null },
  });
  return { worksheetFiles, organisationBytes: await storedBytes(tx) };
}

/** How many bytes the engagement's owner stores in all its engagements, each content once. */
export async function storedBytes(tx: ScopedTx): Promise<number> {
  const rows = await tx.db.$queryRaw<{ bytes: bigint }[]>`SELECT stored_bytes() AS bytes`;
  return Number(rows[0]?.bytes ?? 0n);
}

/** What is known of bytes that have just been stored. */
export interface NewBlob {
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
  readonly key: string;
  readonly scan: ScanState;
  readonly scanNote: string;
}

/** Notes that bytes are stored; of those that were there before, that they are whole again. @returns the row's id */
export async function keepBlob(tx: ScopedTx, blob: NewBlob): Promise<string> {
  const scannedAt = blob.scan === "off" || blob.scan === "pending" ? null : tx.now;
  const { scan, scanNote } = blob;
  const known = await findBlob(tx, blob.sha256);
  if (known) {
    // A scanner that is away takes nothing back of what it has said.
    const said = scannedAt === null && (known.scan === "clean" || known.scan === "infected");
    await tx.db.blob.updateMany({
      where: { id: known.id, engagementId: tx.engagement.id },
      data: { removedAt: null, damagedAt: null, ...(said ? {} : { scan, scanNote, scannedAt }) },
    });
    return known.id;
  }
  const row = await tx.db.blob.create({
    data: { ...blob, ...ownerOf(tx), storedAt: tx.now, scannedAt },
    select: { id: true },
  });
  return row.id;
}

/** Adds a file to a piece of evidence, behind those that are there. */
export async function insertFile(
  tx: ScopedTx,
  evidence: { readonly id: string; readonly worksheetId: string },
  blobId: string,
  name: string,
): Promise<StoredFile> {
  const { _max } = await tx.db.evidenceFile.aggregate({
    where: { evidenceId: evidence.id, engagementId: tx.engagement.id },
    _max: { position: true },
  });
  const row = await tx.db.evidenceFile.create({
    data: {
      ...ownerOf(tx),
      worksheetId: evidence.worksheetId,
      evidenceId: evidence.id,
      blobId,
      name,
      position: (_max.position ?? 0) + 1,
      uploadedById: tx.actor.userId,
      uploadedAt: tx.now,
    },
    include: { blob: true },
  });
  return toFile(row);
}

/** Leaves tombstones in the place of files. */
export async function buryFiles(tx: ScopedTx, ids: readonly string[]): Promise<void> {
  await tx.db.evidenceFile.updateMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id, removedAt: null },
    data: { removedAt: tx.now },
  });
}

/**
 * Gives bytes up that nothing names any more: no file of a draft, no shared control, and no revision, signed or not. What is
 * left of them is a tombstone; the sweep frees their place. The caller holds the room. @returns the ids of those that were
 * given up
 */
export async function buryUnusedBlobs(tx: ScopedTx, blobs: readonly Pick<StoredBlob, "id">[]): Promise<string[]> {
  if (blobs.length === 0) return [];
  const ids = [...new Set(blobs.map(({ id }) => id))];
  const engagementId = tx.engagement.id;
  // Long texts are looked through last, and only for what no file names any more.
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    WITH unfiled AS MATERIALIZED (
      SELECT id, sha256 FROM blob b WHERE id = ANY (${ids}::uuid[]) AND engagement_id = ${engagementId}::uuid
        AND removed_at IS NULL AND NOT EXISTS (SELECT FROM evidence_file WHERE blob_id = b.id AND removed_at IS NULL)),
    unshared AS MATERIALIZED (
      SELECT id, sha256 FROM unfiled u WHERE NOT EXISTS (SELECT FROM control_record
        WHERE engagement_id = ${engagementId}::uuid AND position(u.sha256 IN evidence::text) > 0))
    SELECT id FROM unshared u WHERE NOT EXISTS (SELECT FROM revision
      WHERE engagement_id = ${engagementId}::uuid AND position(u.sha256 IN content) > 0)`;
  const unused = rows.map(({ id }) => id);
  await tx.db.blob.updateMany({
    where: { id: { in: unused }, engagementId, removedAt: null },
    data: { removedAt: tx.now },
  });
  return unused;
}

/** Notes that bytes are damaged or gone; the first time stays. @returns whether this was the first */
export async function markDamaged(tx: ScopedTx, blobId: string): Promise<boolean> {
  const { count } = await tx.db.blob.updateMany({
    where: { id: blobId, engagementId: tx.engagement.id, damagedAt: null },
    data: { damagedAt: tx.now },
  });
  return count === 1;
}

type BlobRow = Prisma.BlobGetPayload<object>;

function toBlob(row: BlobRow): StoredBlob {
  const { id, sha256, size, type, key } = row;
  const scan = row.scan as ScanState;
  const state = fileStateOf({ scan, damaged: row.damagedAt !== null, removed: row.removedAt !== null });
  return { id, sha256, size, type, key, scan, state };
}

/** A row with its bytes' row as a file. */
export function toFile(row: Prisma.EvidenceFileGetPayload<{ include: { blob: true } }>): StoredFile {
  const blob = toBlob(row.blob);
  const { id, evidenceId, worksheetId, name, uploadedById, uploadedAt } = row;
  const { size, type, sha256 } = blob;
  return { id, evidenceId, worksheetId, name, size, type, sha256, blob, uploadedById, uploadedAt };
}
