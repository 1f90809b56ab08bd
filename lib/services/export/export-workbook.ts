import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, type Grant, permissionFor } from "@/lib/auth/scope";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { toDay } from "@/lib/data/days";
import { lastRowChange } from "@/lib/data/dispositions";
import { findEngagement } from "@/lib/data/engagements";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import type { DispositionRowModel, Paper, WorkbookPdfModel } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import { fileNamePart, makePdf, type PdfFile, type PreparedPdf } from "@/lib/services/export/pdf-file";
import { datedAt, type Printed, worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { shownContent } from "@/lib/services/worksheet/shown-content";

/** The whole workbook as PDF. @throws Failure as `makePdf` */
export async function exportWorkbook(
  context: ServiceContext,
  engagementId: string,
  paper: Paper,
  signal: AbortSignal,
): Promise<PdfFile> {
  return makePdf(await prepareWorkbook(context, engagementId, paper), signal);
}

/**
 * What is to be printed of a workbook, with the newest text of each worksheet that the person may see. The event is
 * recorded before the file is made.
 */
export function prepareWorkbook(context: ServiceContext, engagementId: string, paper: Paper): Promise<PreparedPdf> {
  return changeScope(context, "workbook.export", { engagementId }, "none", async (tx, grant) => {
    const printed = await readPrinted(tx, grant);
    const rows = await readRows(tx, grant);
    const worksheets = await worksheetModels(tx, grant, printed);
    const model = await workbookModel(tx, rows, printed, worksheets);
    recordInEngagement(context, tx, {
      action: "export.made",
      detail: { what: "workbook", format: "pdf", paper, worksheets: worksheets.length, digest: model.digest },
    });
    const instants = printed.flatMap((one, index) => {
      const own = worksheets[index];
      return own ? [datedAt(own, one).getTime()] : [];
    });
    const at = new Date(Math.max(...instants, (await lastRowChange(tx)).getTime())).toISOString();
    return {
      job: { kind: "workbook", model, paper, at },
      name: `workbook-${fileNamePart(tx.engagement.entityName)}-${tx.engagement.standardVersion}.pdf`,
    };
  });
}

/** The worksheets that the person may see at all, each with the text that the person may see. */
async function readPrinted(tx: ScopedTx, grant: Grant): Promise<Printed[]> {
  const worksheets = (await listWorksheets(tx)).filter((one) => one.facts.state !== "withdrawn");
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
  return {
    requirementNumber: row.requirementNumber,
    requirementTitle: row.requirementTitle,
    disposition: row.disposition,
    note: row.note,
    evidenceTitle: met ? row.evidenceTitle : "",
    evidenceUrl: met ? row.evidenceUrl : "",
    owner: (planned && row.fixOwner) || (row.owner?.name ?? ""),
    dueOn: planned ? row.fixDueOn : row.dueOn,
    worksheetState: row.worksheet?.state ?? null,
    worksheetIndex: row.worksheet ? (places.get(row.worksheet.id) ?? null) : null,
  };
}
