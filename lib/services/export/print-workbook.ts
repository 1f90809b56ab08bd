import { createHash } from "node:crypto";
import { Failure } from "@/lib/contracts/failure";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { logger } from "@/lib/logger";
import { printBookInWorker } from "@/lib/render/pdf/render-in-worker";
import type { BookFileJob, BookOutcome, BookProgress, WorkbookFrame } from "@/lib/render/pdf/view-model";
import type { ExportRun } from "@/lib/services/export/export-run";
import { FINISHED_FILE } from "@/lib/services/export/finished-file";
import { type GatheredSheet, gatherWorkbook, stretchNames } from "@/lib/services/export/gather-workbook";
import { PDF_WORDS } from "@/lib/services/export/pdf-file";
import { planWorkbook, type WorkbookPlan } from "@/lib/services/export/plan-workbook";
import { threadFailure } from "@/lib/services/export/thread-failure";
import { seal } from "@/lib/services/worksheet/seal";
import type { LaidFile } from "@/lib/storage/job-folder";

/** A workbook that lies finished in its job's folder, and what the event of its export tells. */
export interface MadeWorkbook extends LaidFile {
  readonly name: string;
  readonly worksheets: number;
  /** SHA-256, hex, of what is printed. */
  readonly digest: string;
}

const SEE_LOG = "Whoever runs the service finds more in its log; once it is mended, ask for the export again.";

/** What the workbook's own pages say, and when it is dated. */
interface Framed {
  readonly frame: WorkbookFrame;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * Makes the whole workbook as PDF. A plan fixes its rows and which text goes in of each worksheet; worksheets are gathered a stretch
 * at a time into the job's folder, and the thread that draws reads them from there and writes the file: so neither it nor
 * the worker holds more than a stretch, whatever the size of the workbook. The same plan and stretches give the same bytes.
 * @throws Failure wrong_state by the name of a worksheet that cannot be read or drawn; as `makePdf`
 */
export async function printWorkbook(run: ExportRun): Promise<MadeWorkbook> {
  const plan = await planWorkbook(run);
  const count = plan.sheets.length;
  // Each worksheet is gathered, and then drawn.
  run.expect(2 * count);
  await gatherWorkbook(run, plan);
  const { frame, at } = await run.json("gather", "book.json", () => frameOf(run, plan), 0);
  const laid = await run.file("render", FINISHED_FILE, (out) => print(run, plan, { frame, at }, out), count);
  const archive = run.row.conformance === "PDF/A-3a" ? "-a3" : "";
  return { ...laid, name: `${plan.name}${archive}.pdf`, worksheets: count, digest: frame.digest };
}

/** Goes through what was gathered: for its headings, its date, and the digest of what is printed, as canonical JSON (RFC 8785). */
async function frameOf({ folder }: ExportRun, plan: WorkbookPlan): Promise<Framed> {
  const worksheets: WorkbookFrame["worksheets"][number][] = [];
  let [latest, draft] = [plan.rowsAt, !plan.settled];
  for (const name of stretchNames(plan)) {
    for (const { model, at } of await stretchOf(folder, name)) {
      worksheets.push({ kind: model.kind, header: model.header });
      if (at > latest) latest = at;
      draft ||= model.draft;
    }
  }
  const content = { ...plan.facts, draft, rows: plan.rows };
  // `worksheets` is the last name in the order of canonical JSON, so that they can be hashed as they come.
  const empty = seal({ ...content, worksheets: [] }).text;
  if (!empty.endsWith('"worksheets":[]}')) throw new Error("The order of a workbook's names has changed.");
  const hash = createHash("sha256").update(empty.slice(0, -2), "utf8");
  let first = true;
  for (const name of stretchNames(plan)) {
    for (const { model } of await stretchOf(folder, name)) {
      hash.update(`${first ? "" : ","}${seal(model).text}`, "utf8");
      first = false;
    }
  }
  const digest = hash.update("]}", "utf8").digest("hex");
  return { frame: { ...content, digest, worksheets }, at: latest };
}

async function stretchOf(folder: ExportRun["folder"], name: string): Promise<readonly GatheredSheet[]> {
  const bytes = await folder.read(name);
  if (!bytes) throw new Error("A stretch of worksheets is gone.");
  return JSON.parse(Buffer.from(bytes).toString("utf8")) as GatheredSheet[];
}

async function print(run: ExportRun, plan: WorkbookPlan, { frame, at }: Framed, out: string): Promise<void> {
  const { row, folder, signal } = run;
  const job: BookFileJob = {
    kind: "book",
    ...{ frame, at, out },
    stretches: stretchNames(plan).map((name) => folder.pathOf(name)),
    paper: row.paper ?? "A4",
    conformance: row.conformance ?? "PDF/UA-1",
    logo: plan.logo ?? undefined,
  };
  const count = frame.worksheets.length;
  let last: BookProgress | null = null;
  const made = await printBookInWorker(job, { signal }, (progress) => {
    last = progress;
    run.reach("render", Math.floor((progress.pass * count + progress.index) / 2));
  });
  if (!made.ok) throw threadFailure(made.error, PDF_WORDS, placeOf(frame, last));
  requireWritten(made.value, frame);
}

function requireWritten(outcome: BookOutcome, frame: WorkbookFrame): void {
  if (outcome.kind === "written") return;
  // What the folder says to a full disk it finds by the code.
  if (outcome.kind === "unwritable") throw Object.assign(new Error(outcome.message), { code: outcome.code });
  logger().error(outcome, "a worksheet cannot be drawn");
  const { index, reason } = outcome;
  throw new Failure("wrong_state", `${placeOf(frame, { pass: 0, index })} cannot be drawn: ${reason}. ${SEE_LOG}`);
}

/** The worksheet that was being drawn, in words; empty for none. */
function placeOf({ worksheets }: WorkbookFrame, progress: BookProgress | null): string {
  const sheet = progress && worksheets[progress.index];
  return sheet
    ? `${KIND_NAMES[sheet.kind]} ${sheet.header.requirementNumber}, “${sheet.header.requirementTitle}”,`
    : "";
}
