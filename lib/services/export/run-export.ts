import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { onBehalfOf } from "@/lib/auth/on-behalf";
import { noteExports } from "@/lib/auth/open";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { ExportSettings } from "@/lib/config";
import { Failure } from "@/lib/contracts/failure";
import {
  beginExport,
  type ExportRow,
  failExport,
  finishExport,
  isFinished,
  parkExport,
  parkWaiting,
  waitAnew,
} from "@/lib/data/exports";
import { LockLost } from "@/lib/db/advisory-locks";
import { isUnavailable } from "@/lib/db/errors";
import { LONGEST_WAIT, MOST_ATTEMPTS } from "@/lib/domain/export/states";
import { logger } from "@/lib/logger";
import { ExportRun, Interrupted, NotWanted } from "@/lib/services/export/export-run";
import { makeWorkbook } from "@/lib/services/export/export-workbook";
import { FINISHED_FILE, folderOf } from "@/lib/services/export/finished-file";
import { makePack } from "@/lib/services/export/make-pack";
import { OutOfTime } from "@/lib/services/export/thread-failure";
import type { BlobStore } from "@/lib/storage/blob-store";
import type { JobFolder } from "@/lib/storage/job-folder";

/** Where exports are made from and laid down. */
export interface Workshop {
  readonly exports: ExportSettings;
  readonly store: BlobStore;
}

/** What is known of the lock that an export is made under. */
export interface ExportLock {
  /** Aborted once it is lost. */
  readonly lost: AbortSignal;
  /**
   * Has `lost` tell by now whether it is, before anything is said of an attempt that ended early: what went wrong may be
   * what somebody else does in the export's folder.
   */
  readonly settled: () => Promise<void>;
}

/** How an attempt at an export ended: it is over in one way or another, or goes on at another time. */
export type Outcome = "over" | "later";

const NO_ACCOUNT = "The account that asked for this is not in use any more.";
const NO_TOKEN = "The API token that asked for this does not serve any more.";
const NO_RIGHT = "You may no longer export this.";
const READS_OTHERWISE = "What you may read here has changed since you asked for this. Ask for the export again.";
const GIVEN_UP = "It was begun again and again and never came further. Tell whoever runs the service.";
const DEFECT = "It could not be made. Whoever runs the service finds the reason in its log.";

/**
 * Makes an export, or goes on with it where it was, in the name of whoever asked for it: what that person may is judged
 * anew in each transaction. Call it for one export once at a time.
 * @param ending has it stop after the part it is at, and go on another time @param lock once it is lost, the export is
 * left to whoever holds it now
 * @throws what the database throws while it is away
 */
export async function runExport(
  context: ServiceContext,
  workshop: Workshop,
  exportId: string,
  ending: AbortSignal,
  lock: ExportLock,
): Promise<Outcome> {
  const row = await noteExports(context, (tx) => beginExport(tx, exportId));
  if (!row) return "over";
  const folder = folderOf(workshop.exports.folder, row.id);
  const signal = AbortSignal.any([ending, lock.lost]);
  try {
    await make(context, workshop, row, folder, signal);
  } catch (error) {
    await lock.settled();
    // Whoever has the lock now goes on with it: not even that it waits is for this one to say.
    if (isOthers(lock, error)) return "later";
    if (error instanceof Interrupted || signal.aborted) return park(context, row);
    if (await waits(context, row, error)) return "later";
    // Nothing could be written down now.
    if (isUnavailable(error)) throw error;
    if (!(error instanceof NotWanted)) await fail(context, row, error);
    // Another worker may have come to the end of it meanwhile, if the lock between them was lost.
    const isDone = await noteExports(context, (tx) => isFinished(tx, row.id));
    await folder.clear(isDone ? FINISHED_FILE : undefined);
    return "over";
  }
  // What is left over is no reason to take the file back; it goes with it.
  await folder
    .clear(FINISHED_FILE)
    .catch((error: unknown) => logger().warn({ err: error }, "an export was not tidied"));
  return "over";
}

/** Has what waits be waited for anew: a time in which nobody tried was no waiting. For after a pause. */
export async function afterPause(context: ServiceContext): Promise<void> {
  await noteExports(context, waitAnew);
}

/** Whether somebody else has the export's lock by now: the connection says so, or what that one did in its folder. */
function isOthers({ lost }: ExportLock, error: unknown): boolean {
  return lost.aborted || error instanceof LockLost;
}

async function make(
  context: ServiceContext,
  workshop: Workshop,
  row: ExportRow,
  folder: JobFolder,
  signal: AbortSignal,
): Promise<void> {
  const actor = await onBehalfOf(context, row.requestedById, row.tokenId);
  if (!actor) throw new Failure("forbidden", row.tokenId === null ? NO_ACCOUNT : NO_TOKEN);
  if (row.attempts > MOST_ATTEMPTS) throw new Failure("wrong_state", GIVEN_UP);
  await folder.tidy();
  const run = new ExportRun(actor, row, folder, signal);
  await run.watched(() => (row.kind === "pack" ? finishPack(run, workshop) : finishWorkbook(run, workshop)));
}

/** That it was sealed is recorded together with its end, before the file can be had: once, whatever ends the process. */
async function finishPack(run: ExportRun, workshop: Workshop): Promise<void> {
  const made = await makePack(run, workshop.store, `${run.context.url}/verify`);
  const { checkpointSize, manifestSha256, sha256 } = made;
  await finish(run, workshop, made, {
    action: "pack.sealed",
    detail: { checkpointSize, manifestSha256, exportId: run.row.id, sha256 },
  });
}

async function finishWorkbook(run: ExportRun, workshop: Workshop): Promise<void> {
  const made = await makeWorkbook(run);
  const { worksheets, digest, sha256 } = made;
  const { kind, paper, conformance } = run.row;
  const format = kind === "document" ? "docx" : "pdf";
  const what = { what: "workbook", format, paper: paper ?? "A4", ...(conformance ? { conformance } : {}) } as const;
  await finish(run, workshop, made, {
    action: "export.made",
    detail: { ...what, worksheets, digest, exportId: run.row.id, sha256 },
  });
}

async function finish(
  run: ExportRun,
  { exports }: Workshop,
  { name: fileName, size, sha256 }: { readonly name: string; readonly size: number; readonly sha256: string },
  event: Parameters<typeof recordInEngagement>[2],
): Promise<void> {
  const { context, row } = run;
  await run.begin("finish");
  await changeScope(context, "workbook.export", { engagementId: row.engagementId }, "none", async (tx, grant) => {
    if (row.seen !== grant.permission.view) throw new Failure("wrong_state", READS_OTHERWISE);
    const removesAt = new Date(tx.now.getTime() + exports.keptHours * 3_600_000);
    if (!(await finishExport(tx, row.id, { fileName, size, sha256, removesAt }))) throw new NotWanted();
    recordInEngagement(context, tx, event);
  });
}

async function park(context: ServiceContext, row: ExportRow): Promise<Outcome> {
  await noteExports(context, (tx) => parkExport(tx, row.id));
  return "later";
}

/**
 * What will be there again, the signer above all, is waited for, for a time; what was too slow is tried again so often as
 * what ended the worker. @returns whether it is
 */
async function waits(context: ServiceContext, row: ExportRow, error: unknown): Promise<boolean> {
  if (!(error instanceof Failure && error.code === "unavailable")) return false;
  const how = { longest: LONGEST_WAIT, counts: error instanceof OutOfTime };
  return noteExports(context, (tx) => parkWaiting(tx, row.id, error.message, how));
}

async function fail(context: ServiceContext, row: ExportRow, error: unknown): Promise<void> {
  const failure = error instanceof Failure ? error : null;
  if (!failure) logger().error({ err: error, exportId: row.id }, "an export failed");
  const denied =
    failure && ["not_found", "forbidden"].includes(failure.code) && ![NO_ACCOUNT, NO_TOKEN].includes(failure.message);
  const note = denied ? NO_RIGHT : (failure?.message ?? DEFECT);
  await noteExports(context, async (tx) => {
    if (!(await failExport(tx, row.id, note))) return;
    tx.record(
      makeEvent(organisationLog(row.organisationId), tx.now, null, {
        action: "export.failed",
        requestId: context.requestId,
        engagementId: row.engagementId,
        detail: { exportId: row.id, what: row.kind, code: failure?.code ?? "internal" },
      }),
    );
  });
}
