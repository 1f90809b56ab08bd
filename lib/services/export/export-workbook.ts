import type { Readable } from "node:stream";
import { Failure } from "@/lib/contracts/failure";
import type { ExportStep } from "@/lib/domain/export/states";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { Unwritable } from "@/lib/durable";
import { logger } from "@/lib/logger";
import { workbookDocx } from "@/lib/render/docx/workbook-docx";
import { sheetsIn } from "@/lib/render/pdf/print-book";
import { printBookInWorker } from "@/lib/render/pdf/render-in-worker";
import { Undrawable, type UndrawableOutcome, undrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { BookFileJob, BookOutcome, BookProgress, WorkbookFrame } from "@/lib/render/pdf/view-model";
import type { ExportRun } from "@/lib/services/export/export-run";
import { FINISHED_FILE } from "@/lib/services/export/finished-file";
import { type FramedWorkbook, frameWorkbook } from "@/lib/services/export/frame-workbook";
import { type GatheredWorkbook, gatherWorkbook } from "@/lib/services/export/gather-workbook";
import { PDF_WORDS } from "@/lib/services/export/pdf-file";
import { threadFailure } from "@/lib/services/export/thread-failure";
import { SEE_LOG } from "@/lib/services/export/worksheet-failure";
import type { LaidFile } from "@/lib/storage/job-folder";
import { orUnreadable } from "@/lib/storage/storage-failure";

/** A workbook that lies finished in its job's folder, and what the event of its export tells. */
export interface MadeWorkbook extends LaidFile {
  readonly name: string;
  readonly worksheets: number;
  /** SHA-256, hex, of what is printed. */
  readonly digest: string;
}

const DRAWS: ExportStep = "render";

/**
 * Makes the whole workbook, as PDF or as a document for word processors. Its worksheets are gathered a stretch at a time
 * into the job's folder, and whoever draws reads them from there and writes the file as it goes: so nobody holds more than
 * a stretch, whatever the size of the workbook. The same outcome of the gathering gives the same bytes.
 * @throws Failure wrong_state by the name of a worksheet that cannot be read or drawn; as `makePdf`
 */
export async function makeWorkbook(run: ExportRun): Promise<MadeWorkbook> {
  const gathered = await gatherWorkbook(run);
  const { plan } = gathered;
  const count = plan.sheets.length;
  const framed = await run.json("gather", "book.json", () => frameWorkbook(run, gathered), 0);
  const told = { worksheets: count, digest: framed.frame.digest };
  if (run.row.kind === "document") {
    const laid = await run
      .stream(DRAWS, FINISHED_FILE, () => document(run, gathered, framed), count)
      .catch(explained(framed));
    return { ...laid, ...told, name: `${plan.name}.docx` };
  }
  const laid = await run.file(DRAWS, FINISHED_FILE, (out) => print(run, gathered, framed, out), count);
  const archive = run.row.conformance === "PDF/A-3a" ? "-a3" : "";
  return { ...laid, ...told, name: `${plan.name}${archive}.pdf` };
}

async function print(
  run: ExportRun,
  { plan, stretches }: GatheredWorkbook,
  { frame, at }: FramedWorkbook,
  out: string,
): Promise<void> {
  const { row, folder, signal } = run;
  const job: BookFileJob = {
    kind: "book",
    ...{ frame, at, out },
    stretches: stretches.map((name) => folder.pathOf(name)),
    paper: row.paper ?? "A4",
    conformance: row.conformance ?? "PDF/UA-1",
    logo: plan.logo ?? undefined,
  };
  let last: BookProgress | null = null;
  const made = await printBookInWorker(job, { signal }, (progress) => {
    last = progress;
    run.reach(DRAWS, drawnOf(frame, progress));
  });
  if (!made.ok) throw threadFailure(made.error, PDF_WORDS, placeOf(frame, last));
  requireWritten(made.value, frame);
}

/** A document is little to draw: it is written here, and between worksheets everything else has its turn. */
function document(run: ExportRun, { stretches }: GatheredWorkbook, { frame, at }: FramedWorkbook): Promise<Readable> {
  const source = sheetsIn(stretches.map((name) => run.folder.pathOf(name)));
  return workbookDocx(frame, source, { paper: run.row.paper ?? "A4", at }, (progress) => {
    run.reach(DRAWS, drawnOf(frame, progress));
  });
}

/** The failure of a document in words. */
function explained({ frame }: FramedWorkbook): (error: unknown) => never {
  return (error) => {
    throw error instanceof Undrawable ? undrawable(frame, undrawableOutcome(error)) : orUnreadable(error);
  };
}

function requireWritten(outcome: BookOutcome, frame: WorkbookFrame): void {
  if (outcome.kind === "written") return;
  if (outcome.kind === "unwritable") throw new Unwritable(outcome.trouble, outcome.message);
  throw undrawable(frame, outcome);
}

function undrawable(frame: WorkbookFrame, { index, reason, stack }: UndrawableOutcome): Failure {
  logger().error({ index, reason, stack }, "a worksheet cannot be drawn");
  return new Failure("wrong_state", `${placeOf(frame, { pass: 0, index })} cannot be drawn: ${reason}. ${SEE_LOG}`);
}

/** All worksheets are gone through twice. */
function drawnOf({ worksheets }: WorkbookFrame, { pass, index }: BookProgress): number {
  return Math.floor((pass * worksheets.length + index) / 2);
}

/** The worksheet that was being drawn, in words; empty for none. */
function placeOf({ worksheets }: WorkbookFrame, progress: BookProgress | null): string {
  const sheet = progress && worksheets[progress.index];
  return sheet
    ? `${KIND_NAMES[sheet.kind]} ${sheet.header.requirementNumber}, “${sheet.header.requirementTitle}”,`
    : "";
}
