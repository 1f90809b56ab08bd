import type { ServiceContext } from "@/lib/auth/context";
import type { Grant } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { ScopedTx } from "@/lib/db/kinds";
import { DOCX_TYPE } from "@/lib/domain/export/file-types";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { worksheetDocx } from "@/lib/render/docx/render-docx";
import type { Paper, PdfJob, WorksheetLayout } from "@/lib/render/pdf/view-model";
import type { Conformance } from "@/lib/render/pdf/xmp";
import { contentFile } from "@/lib/services/export/content-file";
import { readLogo } from "@/lib/services/export/logo";
import { fileNamePart, makePdf, type PdfFile, type PreparedPdf } from "@/lib/services/export/pdf-file";
import { takeOut } from "@/lib/services/export/take-out";
import { cannotBeDrawn } from "@/lib/services/export/worksheet-failure";
import { datedAt, worksheetModels } from "@/lib/services/export/worksheet-model";
import { requireMaterial } from "@/lib/services/worksheet/material";
import { chosenContent } from "@/lib/services/worksheet/shown-content";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** How the file of each kind of document begins. */
const FILE_NAMES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "ccw",
  customized_approach: "customized-approach",
  legal_exception: "legal-exception",
  risk_analysis: "risk-analysis",
};

/** What of a worksheet is printed, and how. Without a number: the newest text that the person may see. */
export interface WorksheetExport {
  readonly paper: Paper;
  readonly revision?: number | undefined;
  readonly conformance?: Conformance | undefined;
  readonly layout?: WorksheetLayout | undefined;
}

/** A worksheet to print. */
interface PreparedWorksheet extends PreparedPdf {
  readonly job: Extract<PdfJob, { readonly kind: "worksheet" }>;
}

/** A finished file in memory. The name is plain ASCII, so that it can stand in a header as it is. */
export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** One worksheet as PDF. @throws Failure as `prepareWorksheet` and `makePdf` */
export async function exportWorksheet(
  context: ServiceContext,
  worksheetId: string,
  choice: WorksheetExport,
  signal: AbortSignal,
): Promise<PdfFile> {
  return makePdf(await prepareWorksheet(context, worksheetId, choice), signal);
}

/** One worksheet as a document for word processors. @throws Failure as `prepareWorksheet`; wrong_state when it cannot be drawn */
export async function exportWorksheetDocx(
  context: ServiceContext,
  worksheetId: string,
  choice: WorksheetExport,
): Promise<MadeFile> {
  const { job, name } = await prepareWorksheet(context, worksheetId, choice, "docx");
  try {
    return { name, type: DOCX_TYPE, bytes: await worksheetDocx(job.model, job) };
  } catch (error) {
    throw cannotBeDrawn(job.model, error);
  }
}

/**
 * What is to be printed of a worksheet, all of one instant, when it is recorded that somebody takes it out. @throws Failure not_found for a text that the person may not see
 */
export function prepareWorksheet(
  context: ServiceContext,
  worksheetId: string,
  { paper, revision, conformance = "PDF/UA-1", layout = "worksheet" }: WorksheetExport,
  format: "pdf" | "docx" = "pdf",
): Promise<PreparedWorksheet> {
  const read = async (tx: ScopedTx, grant: Grant): Promise<PreparedWorksheet> => {
    const { view } = grant.permission;
    const material = await requireMaterial(tx, worksheetId);
    const shown = await chosenContent(tx, view, material, revision);
    if (!shown) throw notFound();
    const printed = { material, shown, view };
    const [model] = await worksheetModels(tx, grant, [printed]);
    if (!model) throw notFound();
    const at = datedAt(model, printed).toISOString();
    const label = shown.frozen ? `r${model.revision}` : `r${model.revision}-draft`;
    const archive = conformance === "PDF/A-3a" ? "-a3" : "";
    const attachments = conformance === "PDF/A-3a" ? [contentFile(shown.content)] : [];
    return {
      job: { kind: "worksheet", model, paper, at, conformance, attachments, layout, logo: await readLogo(tx) },
      name: `${FILE_NAMES[model.kind]}-${fileNamePart(model.header.requirementNumber)}-${label}${SUFFIXES[layout]}${archive}.${format}`,
    };
  };
  return takeOut(context, "worksheet.export", { worksheetId }, read, (tx, { job: { model } }) =>
    recordWorksheetEvent(context, tx, {
      action: "export.made",
      worksheetId,
      detail: { what: "worksheet", format, paper, revision: model.revision, digest: model.digest },
    }),
  );
}

/** What the names of files end with. */
const SUFFIXES: Readonly<Record<WorksheetLayout, string>> = {
  worksheet: "",
  certificate: "-sign-off",
  evidence: "-evidence",
  rigour: "-rigour",
};
