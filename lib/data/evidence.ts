import { fromDay, toDay } from "@/lib/data/days";
import { loadFiles, type StoredFile } from "@/lib/data/evidence-files";
import { ownerOf } from "@/lib/data/worksheets";
import type { Evidence } from "@/lib/db/generated/client";
import type { ScopedTx } from "@/lib/db/kinds";
import type { CarriedEvidence } from "@/lib/domain/controls/plan-evidence";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import type { TextPartKey } from "@/lib/domain/worksheet/sections";

/** A piece of evidence as stored. What was removed stays as a tombstone and is not listed. */
export interface StoredEvidence extends CarriedEvidence {
  readonly files: readonly StoredFile[];
  readonly worksheetId: string;
  readonly version: number;
  readonly addedById: string;
  readonly addedAt: Date;
  readonly removedAt: Date | null;
  /** The last try of its link, if there was one. */
  readonly link: { readonly at: Date; readonly outcome: string } | null;
}

/** What people fill in. */
export type EvidenceFields = Omit<EvidenceLink, "id" | "files">;

/** The shared control that evidence came from, and which of its evidence it is. */
export interface Origin {
  readonly controlRecordId: string;
  readonly recordEvidenceId: string;
}

/** The evidence of some worksheets, by the worksheet's id, in the order they were added. */
export async function loadEvidence(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, StoredEvidence[]>> {
  const rows = await tx.db.evidence.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id, removedAt: null },
    orderBy: [{ addedAt: "asc" }, { id: "asc" }],
  });
  const files = await loadFiles(tx, worksheetIds);
  const byWorksheet = new Map<string, StoredEvidence[]>(worksheetIds.map((id) => [id, []]));
  for (const row of rows) byWorksheet.get(row.worksheetId)?.push(toEvidence(row, files.get(row.id)));
  return byWorksheet;
}

/** One link, tombstones included, or null. */
export async function findEvidence(tx: ScopedTx, id: string): Promise<StoredEvidence | null> {
  const row = await tx.db.evidence.findFirst({ where: { id, engagementId: tx.engagement.id } });
  if (!row) return null;
  const files = await loadFiles(tx, [row.worksheetId]);
  return toEvidence(row, files.get(row.id));
}

/** Stores new evidence of the worksheet's own. */
export async function insertEvidence(
  tx: ScopedTx,
  worksheetId: string,
  fields: EvidenceFields,
): Promise<StoredEvidence> {
  const row = await tx.db.evidence.create({
    data: { worksheetId, ...ownerOf(tx), ...columnsOf(fields), addedById: tx.actor.userId, addedAt: tx.now },
  });
  return toEvidence(row);
}

/** Changes a link that still has the version. @returns whether it had */
export async function storeEvidence(
  tx: ScopedTx,
  id: string,
  version: number,
  fields: EvidenceFields,
): Promise<boolean> {
  return changeOne(tx, id, version, columnsOf(fields));
}

/** Leaves a tombstone in the place of a link that still has the version. @returns whether it had */
export async function buryEvidence(tx: ScopedTx, id: string, version: number): Promise<boolean> {
  return changeOne(tx, id, version, { removedAt: tx.now });
}

async function changeOne(
  tx: ScopedTx,
  id: string,
  version: number,
  columns: Partial<ReturnType<typeof columnsOf>> & { removedAt?: Date },
): Promise<boolean> {
  const { count } = await tx.db.evidence.updateMany({
    where: { id, engagementId: tx.engagement.id, version, removedAt: null },
    data: { ...columns, version: version + 1 },
  });
  return count === 1;
}

function columnsOf(fields: EvidenceFields) {
  const { section, itemId, title, url, shows } = fields;
  return {
    section,
    itemId,
    title,
    url,
    shows,
    collectedOn: fromDay(fields.collectedOn),
    validUntil: fromDay(fields.validUntil),
  };
}

/** Notes what came of trying a link that is still the one that was tried. @returns whether it is */
export async function storeLinkOutcome(tx: ScopedTx, id: string, url: string, outcome: string): Promise<boolean> {
  const { count } = await tx.db.evidence.updateMany({
    where: { id, url, engagementId: tx.engagement.id, removedAt: null },
    data: { linkCheckedAt: tx.now, linkOutcome: outcome },
  });
  return count === 1;
}

function toEvidence(row: Evidence, files: readonly StoredFile[] = []): StoredEvidence {
  return {
    files,
    link: row.linkCheckedAt && { at: row.linkCheckedAt, outcome: row.linkOutcome ?? "" },
    id: row.id,
    worksheetId: row.worksheetId,
    controlRecordId: row.controlRecordId,
    recordEvidenceId: row.recordEvidenceId,
    section: row.section as TextPartKey,
    itemId: row.itemId,
    title: row.title,
    url: row.url,
    shows: row.shows,
    collectedOn: toDay(row.collectedOn),
    validUntil: toDay(row.validUntil),
    version: row.version,
    addedById: row.addedById,
    addedAt: row.addedAt,
    removedAt: row.removedAt,
  };
}

/** Evidence without what the database adds: as revisions freeze it. */
export function linkOf(stored: StoredEvidence): EvidenceLink {
  const { id, section, itemId, title, url, shows, collectedOn, validUntil } = stored;
  const files = stored.files.map(({ name, size, type, sha256 }) => ({ name, size, type, sha256 }));
  const link = { id, section, itemId, title, url, shows, collectedOn, validUntil };
  return files.length === 0 ? link : { ...link, files };
}
