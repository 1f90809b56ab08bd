import { fromDay, toDay } from "@/lib/data/days";
import { asJson } from "@/lib/data/json";
import { ownerOf } from "@/lib/data/worksheets";
import type { ControlRecord } from "@/lib/db/generated/client";
import type { ScopedTx } from "@/lib/db/kinds";
import type { RecordEvidence, RecordText } from "@/lib/domain/controls/record";
import type { ControlNature } from "@/lib/domain/worksheet/model";

/** A control of the engagement's register as stored. */
export interface StoredRecord {
  readonly id: string;
  readonly text: RecordText;
  readonly evidence: readonly RecordEvidence[];
  /** Everybody who ever wrote it. */
  readonly authorIds: readonly string[];
  readonly version: number;
  readonly retired: boolean;
  readonly updatedById: string;
  readonly updatedAt: Date;
}

/** All shared controls of the engagement by title, or those named. */
export async function listRecords(tx: ScopedTx, ids?: readonly string[]): Promise<StoredRecord[]> {
  const rows = await tx.db.controlRecord.findMany({
    where: { engagementId: tx.engagement.id, ...(ids ? { id: { in: [...ids] } } : {}) },
    orderBy: [{ title: "asc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** One shared control, or null. */
export async function findRecord(tx: ScopedTx, id: string): Promise<StoredRecord | null> {
  const [record] = await listRecords(tx, [id]);
  return record ?? null;
}

/** Holds shared controls until the commit, so that what is carried from them stays what they say. */
export async function holdRecords(tx: ScopedTx, ids: readonly string[]): Promise<StoredRecord[]> {
  await tx.db.$queryRaw`SELECT 1 FROM control_record WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR SHARE`;
  return listRecords(tx, ids);
}

/** Stores a new shared control; beside the actor its authors are those who wrote the worksheet that it comes from. @returns it */
export async function insertRecord(
  tx: ScopedTx,
  text: RecordText,
  evidence: readonly RecordEvidence[],
  wroteIt: readonly string[] = [],
): Promise<StoredRecord> {
  const by = tx.actor.userId;
  const row = await tx.db.controlRecord.create({
    data: {
      ...ownerOf(tx),
      ...columnsOf(text, evidence),
      authorIds: [...new Set([by, ...wroteIt])],
      createdById: by,
      createdAt: tx.now,
      updatedById: by,
      updatedAt: tx.now,
    },
  });
  return toRecord(row);
}

/**
 * Changes a shared control that still has the version, and holds it until the commit. Its authors are from now on also the
 * actor and those who wrote what it takes over. @returns it as it is then, or null
 */
export async function storeRecord(
  tx: ScopedTx,
  before: StoredRecord,
  baseVersion: number,
  change: Pick<StoredRecord, "text" | "evidence" | "retired"> & { readonly wroteIt: readonly string[] },
): Promise<StoredRecord | null> {
  const { id } = before;
  const retiredAt = change.retired === before.retired ? {} : { retiredAt: change.retired ? tx.now : null };
  const { count } = await tx.db.controlRecord.updateMany({
    where: { id, engagementId: tx.engagement.id, version: baseVersion },
    data: {
      ...columnsOf(change.text, change.evidence),
      ...retiredAt,
      authorIds: [...new Set([...before.authorIds, tx.actor.userId, ...change.wroteIt])],
      version: baseVersion + 1,
      updatedById: tx.actor.userId,
      updatedAt: tx.now,
    },
  });
  return count === 1 ? findRecord(tx, id) : null;
}

/**
 * The worksheets whose definition names a shared control now, in the order of their ids. With `hold` their states and
 * definitions stay as they are until the commit.
 */
export async function worksheetsUsing(tx: ScopedTx, recordId: string, hold: boolean): Promise<string[]> {
  if (hold) {
    const using = await findUsing(tx, recordId);
    await tx.db.$queryRaw`SELECT 1 FROM worksheet WHERE id = ANY (${using}::uuid[]) ORDER BY id FOR SHARE`;
    await tx.db.$queryRaw`SELECT 1 FROM section WHERE worksheet_id = ANY (${using}::uuid[]) AND key = 'definition'
      ORDER BY worksheet_id FOR UPDATE`;
  }
  // Read once more: a definition that was held up may say something else by now.
  return findUsing(tx, recordId);
}

async function findUsing(tx: ScopedTx, recordId: string): Promise<string[]> {
  const rows = await tx.db.section.findMany({
    where: {
      engagementId: tx.engagement.id,
      key: "definition",
      items: { path: ["controls"], array_contains: [{ recordId }] },
    },
    orderBy: { worksheetId: "asc" },
    select: { worksheetId: true },
  });
  return rows.map(({ worksheetId }) => worksheetId);
}

function columnsOf(text: RecordText, evidence: readonly RecordEvidence[]) {
  const { title, description, nature, owner, changedOn } = text;
  return {
    ...{ title, description, nature, owner },
    changedOn: fromDay(changedOn === "" ? null : changedOn),
    evidence: asJson(evidence),
  };
}

function toRecord(row: ControlRecord): StoredRecord {
  const { id, title, description, owner, authorIds, version, updatedById, updatedAt } = row;
  const nature = row.nature as ControlNature;
  return {
    ...{ id, authorIds, version, updatedById, updatedAt },
    text: { title, description, nature, owner, changedOn: toDay(row.changedOn) ?? "" },
    // Checked by the contract before it was written.
    evidence: row.evidence as unknown as readonly RecordEvidence[],
    retired: row.retiredAt !== null,
  };
}
