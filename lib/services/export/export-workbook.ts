import type { ServiceContext } from "@/lib/auth/context";
import { type Grant, permissionFor, readScope } from "@/lib/auth/scope";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { toDay } from "@/lib/data/days";
import { lastRowChange } from "@/lib/data/dispositions";
import { findEngagement } from "@/lib/data/engagements";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import { kindOf } from "@/lib/domain/workflow/documents";
import { renderDocx } from "@/lib/render/docx/render-docx";
import type { DispositionRowModel, Paper, WorkbookPdfModel } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import type { ExportRun } from "@/lib/services/export/export-run";
import { FINISHED_FILE } from "@/lib/services/export/finished-file";
import { fileNamePart, makePdfOfJob, type PreparedPdf } from "@/lib/services/export/pdf-file";
import { datedAt, type Printed, worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { shownContent } from "@/lib/services/worksheet/shown-content";
import type { LaidFile } from "@/lib/storage/job-folder";

/** A workbook to print, and what the event of its export tells. */
export interface PreparedWorkbook extends PreparedPdf {
  readonly worksheets: number;
  /** SHA-256, hex, of what is printed. */
  readonly digest: string;
}

/** A workbook that lies finished in its job's folder. */
export interface MadeWorkbook extends LaidFile, Pick<PreparedWorkbook, "name" | "worksheets" | "digest"> {}

/** Both outcomes. */
const PARTS = 2;

/**
 * Makes the whole workbook, as PDF or as a document: what is printed is fixed by the first step.
 * @throws Failure as `makePdfOfJob`
 */
export async function makeWorkbook(run: ExportRun): Promise<MadeWorkbook> {
  const { context, row } = run;
  run.expect(PARTS);
  const { job, ...told } = await run.json("gather", "workbook.json", () =>
    prepareWorkbook(context, row.engagementId, row.paper ?? "A4", row.kind === "document" ? "docx" : "pdf"),
  );
  const print = async () => {
    if (row.kind === "document") return renderDocx(job);
    return (await makePdfOfJob({ job, name: told.name }, run.signal)).bytes;
  };
  await run.bytes("render", FINISHED_FILE, print);
  return { ...(await run.folder.measure(FINISHED_FILE)), ...told };
}

/** What is to be printed of a workbook, with the newest text of each worksheet that the person may see. */
export function prepareWorkbook(
  context: ServiceContext,
  engagementId: string,
  paper: Paper,
  format: "pdf" | "docx" = "pdf",
): Promise<PreparedWorkbook> {
  return readScope(context, "workbook.export", { engagementId }, async (tx, grant) => {
    const printed = await readPrinted(tx, grant);
    const rows = await readRows(tx, grant);
    const worksheets = await worksheetModels(tx, grant, printed);
    const model = await workbookModel(tx, rows, printed, worksheets);
    const instants = printed.flatMap((one, index) => {
      const own = worksheets[index];
      return own ? [datedAt(own, one).getTime()] : [];
    });
    const at = new Date(Math.max(...instants, (await lastRowChange(tx)).getTime())).toISOString();
    return {
      job: { kind: "workbook", model, paper, at },
      name: `workbook-${fileNamePart(tx.engagement.entityName)}-${tx.engagement.standardVersion}.${format}`,
      worksheets: worksheets.length,
      digest: model.digest,
    };
  });
}

/** The worksheets that the person may see at all, each with the text that the person may see. */
export async function readPrinted(tx: ScopedTx, grant: Grant): Promise<Printed[]> {
  const all = (await listWorksheets(tx)).filter((one) => one.facts.state !== "withdrawn");
  // Records have a chapter of their own, behind the worksheets.
  const worksheets = [...all.filter(({ kind }) => kind === "ccw"), ...all.filter(({ kind }) => kind !== "ccw")];
  const printed: Printed[] = [];
  for (const material of await loadMaterial(tx, worksheets)) {
    const permission = permissionFor(grant, "worksheet.export", material.worksheet.facts);
    const shown = permission && (await shownContent(tx, permission.view, material));
    if (permission && shown) printed.push({ material, shown, view: permission.view });
  }
  return printed;
}

async function workbookModel(
  tx: ScopedTx,
  rows: readonly DispositionDto[],
  printed: readonly Printed[],
  worksheets: WorkbookPdfModel["worksheets"],
): Promise<WorkbookPdfModel> {
  const { periodStart, periodEnd } = await findEngagement(tx);
  const { name, entityName, assessorName, standardVersion, assessmentType } = tx.engagement;
  const places = new Map(printed.map(({ material }, index) => [material.worksheet.id, index]));
  const model = {
    engagementName: name,
    entityName,
    assessorName: assessorName ?? "",
    standardVersion,
    assessmentType,
    periodStart: toDay(periodStart),
    periodEnd: toDay(periodEnd),
    legacy: isLegacy(standardVersion),
    draft: rows.some((row) => !row.settled) || worksheets.some((one) => one.draft),
    rows: rows.map((row) => rowModel(row, places)),
    worksheets,
  };
  return { ...model, digest: seal(model).digest };
}

function rowModel(row: DispositionDto, places: ReadonlyMap<string, number>): DispositionRowModel {
  const planned = row.disposition === "fix_planned";
  const met = row.disposition === "met";
  const kind = kindOf(row.disposition);
  // A worksheet stands by its row whatever was chosen since.
  const document = row.records.find((one) => one.kind === kind) ?? row.worksheet;
  return {
    requirementNumber: row.requirementNumber,
    requirementTitle: row.requirementTitle,
    disposition: row.disposition,
    note: row.note,
    evidenceTitle: met ? row.evidenceTitle : "",
    evidenceUrl: met ? row.evidenceUrl : "",
    owner: (planned && row.fixOwner) || (row.owner?.name ?? ""),
    dueOn: planned ? row.fixDueOn : row.dueOn,
    worksheetState: document?.state ?? null,
    worksheetIndex: document ? (places.get(document.id) ?? null) : null,
  };
}
