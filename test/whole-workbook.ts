import { buffer } from "node:stream/consumers";
import type { ServiceContext } from "@/lib/auth/context";
import { readOneInstant } from "@/lib/auth/scope";
import { lastRowChange } from "@/lib/data/dispositions";
import type { DocxSettings } from "@/lib/render/docx/render-docx";
import { workbookDocx } from "@/lib/render/docx/workbook-docx";
import { sheetsOf } from "@/lib/render/pdf/render-pdf";
import type { PdfJob, WorkbookPdfModel } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import { readPrinted } from "@/lib/services/export/printed-worksheets";
import { rowModel, workbookFacts } from "@/lib/services/export/workbook-frame";
import { datedAt, worksheetModels } from "@/lib/services/export/worksheet-model";
import { seal } from "@/lib/services/worksheet/seal";

/** A workbook as one model in memory, as somebody sees it, put together in another way than exports do. */
export function wholeWorkbook(
  context: ServiceContext,
  engagementId: string,
): Promise<Extract<PdfJob, { readonly kind: "workbook" }>> {
  return readOneInstant(context, "workbook.export", { engagementId }, async (tx, grant) => {
    const printed = await readPrinted(tx, grant);
    const rows = await readRows(tx, grant);
    const worksheets = await worksheetModels(tx, grant, printed);
    const places = new Map(printed.map(({ material }, index) => [material.worksheet.id, index]));
    const content = {
      ...(await workbookFacts(tx)),
      draft: rows.some((row) => !row.settled) || worksheets.some((one) => one.draft),
      rows: rows.map((row) => rowModel(row, places)),
      worksheets,
    };
    const instants = printed.flatMap((one, index) => {
      const own = worksheets[index];
      return own ? [datedAt(own, one).getTime()] : [];
    });
    const at = new Date(Math.max(...instants, (await lastRowChange(tx)).getTime())).toISOString();
    return { kind: "workbook", model: { ...content, digest: seal(content).digest }, paper: "A4", at };
  });
}

/** A workbook that is at hand as a text document. */
export async function wholeDocx(model: WorkbookPdfModel, settings: DocxSettings): Promise<Buffer> {
  return buffer(await workbookDocx(model, sheetsOf(model), settings));
}
