import { ownerOf } from "@/lib/data/worksheets";
import type { ExportJob } from "@/lib/db/generated/client";
import type { ExportsTx, IdentityTx, ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { type ExportKind, type ExportState, type ExportStep, OPEN_STATES } from "@/lib/domain/export/states";

/** An export as its row has it. */
export interface ExportRow {
  readonly id: string;
  readonly engagementId: string;
  readonly organisationId: string;
  readonly requestedById: string;
  /** The API token that asked for it, or null. */
  readonly tokenId: string | null;
  readonly kind: ExportKind;
  readonly paper: "A4" | "Letter" | null;
  /** What its PDFs declare to be; null for a document. */
  readonly conformance: "PDF/UA-1" | "PDF/A-3a" | null;
  /** What of worksheets whoever asked saw then; somebody who sees something else today gets none of it. */
  readonly seen: View;
  readonly state: ExportState;
  readonly step: ExportStep | null;
  readonly partsDone: number;
  readonly partsTotal: number;
  readonly attempts: number;
  readonly note: string;
  readonly fileName: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly requestedAt: Date;
  /** Since when it waits for what is away, and no part of it has come out; null while it does not wait. */
  readonly waitsSince: Date | null;
  readonly finishedAt: Date | null;
  readonly removesAt: Date | null;
}

/** What was asked for, as its row has it: empty texts where there was nothing to choose. */
export interface WantedExport {
  readonly kind: ExportKind;
  readonly paper: string;
  readonly conformance: string;
}

/** How far an export has come. */
export interface ExportProgress {
  readonly step: ExportStep;
  readonly partsDone: number;
  readonly partsTotal: number;
}

const OPEN = { in: [...OPEN_STATES] };

/** Holds the person's exports until the commit, so that two requests at once cannot both be the last that is allowed. */
export async function holdOwnExports(tx: ScopedTx): Promise<void> {
  const name = `countervail-exports:${tx.actor.userId}`;
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** How many exports the person has open in all engagements, and how many finished files are kept. */
export async function countOwnExports(tx: ScopedTx): Promise<{ readonly open: number; readonly kept: number }> {
  const [row] = await tx.db.$queryRaw<{ open: bigint; kept: bigint }[]>`SELECT open, kept FROM own_exports()`;
  return { open: Number(row?.open ?? 0n), kept: Number(row?.kept ?? 0n) };
}

/** The open export of the same that was asked for in the same way, or null: another token's ends with that token. */
export async function findOpenExport(tx: ScopedTx, wanted: WantedExport): Promise<ExportRow | null> {
  const row = await tx.db.exportJob.findFirst({
    where: { ...wanted, ...ownOf(tx), tokenId: tx.actor.token?.id ?? null, state: OPEN },
  });
  return row && toRow(row);
}

/** Notes what was asked for. */
export async function insertExport(tx: ScopedTx, wanted: WantedExport, seen: View): Promise<ExportRow> {
  const data = {
    ...wanted,
    seen,
    ...ownerOf(tx),
    requestedById: tx.actor.userId,
    tokenId: tx.actor.token?.id ?? null,
    requestedAt: tx.now,
  };
  return toRow(await tx.db.exportJob.create({ data }));
}

/** The person's exports of the engagement, the newest first; those that came before one of them, where it is named. */
export async function listExports(tx: ScopedTx, count: number, before: string | null): Promise<ExportRow[]> {
  // Ids are in the order of time.
  const where = { ...ownOf(tx), ...(before === null ? {} : { id: { lt: before } }) };
  const rows = await tx.db.exportJob.findMany({ where, orderBy: { id: "desc" }, take: count });
  return rows.map(toRow);
}

/** One of the person's exports, or null. */
export async function findExport(tx: ScopedTx, id: string): Promise<ExportRow | null> {
  const row = await tx.db.exportJob.findFirst({ where: { id, ...ownOf(tx) } });
  return row && toRow(row);
}

/** The engagement of one of the signed-in person's own exports, or null. */
export async function engagementOfExport(tx: IdentityTx, id: string): Promise<string | null> {
  const row = await tx.db.exportJob.findUnique({ where: { id }, select: { engagementId: true } });
  return row?.engagementId ?? null;
}

/** Ends an open export at its asker's wish. @returns whether it was open */
export async function cancelExport(tx: ScopedTx, id: string): Promise<boolean> {
  const { count } = await tx.db.exportJob.updateMany({
    where: { id, ...ownOf(tx), state: OPEN },
    data: { state: "cancelled", note: "", finishedAt: tx.now },
  });
  return count === 1;
}

/** Lets a finished file be removed now. @returns whether there was one */
export async function giveUpFile(tx: ScopedTx, id: string): Promise<boolean> {
  const { count } = await tx.db.exportJob.updateMany({
    where: { id, ...ownOf(tx), state: "done", removesAt: { gt: tx.now } },
    data: { removesAt: tx.now },
  });
  return count === 1;
}

/** What a finished file is. */
export interface FinishedFile {
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly removesAt: Date;
}

/** Brings a running export to its end, as its asker. @returns whether it was running: of two that finish it one does */
export async function finishExport(tx: ScopedTx, id: string, file: FinishedFile): Promise<boolean> {
  const { count } = await tx.db.exportJob.updateMany({
    where: { id, ...ownOf(tx), state: "running" },
    data: { ...file, size: BigInt(file.size), state: "done", step: "", note: "", finishedAt: tx.now },
  });
  return count === 1;
}

/** An export for the worker to begin or go on with: marks it as running. Null when it is over. */
export async function beginExport(tx: ExportsTx, id: string): Promise<ExportRow | null> {
  const { count } = await tx.db.exportJob.updateMany({
    where: { id, state: OPEN },
    data: { state: "running", attempts: { increment: 1 }, note: "" },
  });
  if (count === 0) return null;
  return toRow(await tx.db.exportJob.findUniqueOrThrow({ where: { id } }));
}

/**
 * Notes which part an export is at. Where more parts came out than before, and stay whatever happens, its attempts are
 * counted anew, and it does not wait any more. @param lasting whether they stay: what is done of a part that is not whole would be lost
 * @returns whether it still runs
 */
export async function noteProgress(
  tx: ExportsTx,
  id: string,
  progress: ExportProgress,
  lasting: boolean,
): Promise<boolean> {
  const { step, partsDone, partsTotal } = progress;
  const count = await tx.db.$executeRaw`
    UPDATE export_job SET step = ${step}, parts_done = ${partsDone}, parts_total = ${partsTotal},
      attempts = CASE WHEN ${lasting} AND parts_done < ${partsDone} THEN 0 ELSE attempts END,
      started_at = CASE WHEN ${lasting} AND parts_done < ${partsDone} THEN NULL ELSE started_at END
    WHERE id = ${id}::uuid AND state = 'running'`;
  return count === 1;
}

/** Whether an export is being made: one that was cancelled is not. */
export async function isRunning(tx: ExportsTx, id: string): Promise<boolean> {
  return (await tx.db.exportJob.count({ where: { id, state: "running" } })) === 1;
}

/** Puts a running export back, in good order: it goes on later. */
export async function parkExport(tx: ExportsTx, id: string): Promise<void> {
  const data = { state: "queued", note: "", attempts: 0 };
  await tx.db.exportJob.updateMany({ where: { id, state: "running" }, data });
}

/**
 * Puts a running export back until what it waits for is there again. @param note what that is, in words
 * @param longest how long it may have waited by now without a part coming out (milliseconds)
 * @param counts whether it stays counted as an attempt @returns whether it waits: not when it has waited so long already, or does not run
 */
export async function parkWaiting(
  tx: ExportsTx,
  id: string,
  note: string,
  { longest, counts }: { readonly longest: number; readonly counts: boolean },
): Promise<boolean> {
  const running = { id, state: "running" };
  await tx.db.exportJob.updateMany({ where: { ...running, waitsSince: null }, data: { waitsSince: tx.now } });
  const { count } = await tx.db.exportJob.updateMany({
    where: { ...running, waitsSince: { gt: new Date(tx.now.getTime() - longest) } },
    data: { state: "queued", note, ...(counts ? {} : { attempts: 0 }) },
  });
  return count === 1;
}

/** Has exports that wait do so from the next attempt on, as if none had gone before. */
export async function waitAnew(tx: ExportsTx): Promise<void> {
  await tx.db.exportJob.updateMany({ where: { state: OPEN, waitsSince: { not: null } }, data: { waitsSince: null } });
}

/** Ends an export that cannot be made, with the reason in words. @returns whether it was open */
export async function failExport(tx: ExportsTx, id: string, note: string): Promise<boolean> {
  const { count } = await tx.db.exportJob.updateMany({
    where: { id, state: OPEN },
    data: { state: "failed", step: "", note, finishedAt: tx.now },
  });
  return count === 1;
}

/** The ids of all exports that wait or run. */
export async function openExportIds(tx: ExportsTx): Promise<string[]> {
  const rows = await tx.db.exportJob.findMany({ where: { state: OPEN }, orderBy: { id: "asc" }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Of some exports those whose folders are still needed: as a whole while they are open, for the file that is kept. */
export async function neededFolders(
  tx: ExportsTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, "whole" | "file">> {
  const rows = await tx.db.exportJob.findMany({
    where: { id: { in: [...ids] }, OR: [{ state: OPEN }, { state: "done", removesAt: { gt: tx.now } }] },
    select: { id: true, state: true },
  });
  return new Map(rows.map(({ id, state }) => [id, state === "done" ? "file" : "whole"]));
}

/**
 * Notes of exports that are over, and whose files are not kept any longer, that nothing of them is left.
 * @param except ids of exports of which something may be left
 */
export async function noteRemoved(tx: ExportsTx, except: Iterable<string>): Promise<void> {
  await tx.db.exportJob.updateMany({
    where: {
      id: { notIn: [...except] },
      removedAt: null,
      OR: [{ state: { in: ["failed", "cancelled"] } }, { state: "done", removesAt: { lte: tx.now } }],
    },
    data: { removedAt: tx.now },
  });
}

/** Row-level security shows nothing else; said in words as everywhere. */
function ownOf(tx: ScopedTx) {
  return { engagementId: tx.engagement.id, requestedById: tx.actor.userId };
}

function toRow(row: ExportJob): ExportRow {
  return {
    ...row,
    kind: row.kind as ExportKind,
    paper: row.paper === "" ? null : (row.paper as "A4" | "Letter"),
    conformance: row.conformance === "" ? null : (row.conformance as "PDF/UA-1" | "PDF/A-3a"),
    seen: row.seen as View,
    state: row.state as ExportState,
    step: row.step === "" ? null : (row.step as ExportStep),
    size: row.size === null ? null : Number(row.size),
  };
}

/** Whether an export came to its end with a file. */
export async function isFinished(tx: ExportsTx, id: string): Promise<boolean> {
  return (await tx.db.exportJob.count({ where: { id, state: "done" } })) === 1;
}
