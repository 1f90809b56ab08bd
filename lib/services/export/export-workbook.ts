import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { lastRowChange } from "@/lib/data/dispositions";
import { renderDocx } from "@/lib/render/docx/render-docx";
import type { Paper } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import type { ExportRun } from "@/lib/services/export/export-run";
import { FINISHED_FILE } from "@/lib/services/export/finished-file";
import { fileNamePart, type PreparedPdf } from "@/lib/services/export/pdf-file";
import { type MadeWorkbook, printWorkbook } from "@/lib/services/export/print-workbook";
import { readPrinted } from "@/lib/services/export/printed-worksheets";
import { rowModel, workbookFacts } from "@/lib/services/export/workbook-frame";
import { datedAt, worksheetModels } from "@/lib/services/export/worksheet-model";
import { seal } from "@/lib/services/worksheet/seal";

/** A workbook to print, and what the event of its export tells. */
export interface PreparedWorkbook extends PreparedPdf {
  readonly worksheets: number;
  /** SHA-256, hex, of what is printed. */
  readonly digest: string;
}

/** Both outcomes of a document. */
const PARTS = 2;

/** Makes the whole workbook, as PDF or as a document. @throws Failure as `printWorkbook` */
export function makeWorkbook(run: ExportRun): Promise<MadeWorkbook> {
  return run.row.kind === "document" ? makeDocument(run) : printWorkbook(run);
}

/** What is written into the document is fixed by the first step; all of it is in memory at once. */
async function makeDocument(run: ExportRun): Promise<MadeWorkbook> {
  const { context, row } = run;
  run.expect(PARTS);
  const { job, ...told } = await run.json("gather", "workbook.json", () =>
    prepareWorkbook(context, row.engagementId, row.paper ?? "A4"),
  );
  await run.bytes("render", FINISHED_FILE, () => renderDocx(job));
  return { ...(await run.folder.measure(FINISHED_FILE)), ...told };
}

/** What is to be printed of a workbook as a document, with the newest text of each worksheet that the person may see. */
export function prepareWorkbook(
  context: ServiceContext,
  engagementId: string,
  paper: Paper,
): Promise<PreparedWorkbook> {
  return readScope(context, "workbook.export", { engagementId }, async (tx, grant) => {
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
    const model = { ...content, digest: seal(content).digest };
    const instants = printed.flatMap((one, index) => {
      const own = worksheets[index];
      return own ? [datedAt(own, one).getTime()] : [];
    });
    const at = new Date(Math.max(...instants, (await lastRowChange(tx)).getTime())).toISOString();
    return {
      job: { kind: "workbook", model, paper, at },
      name: `workbook-${fileNamePart(tx.engagement.entityName)}-${tx.engagement.standardVersion}.docx`,
      worksheets: worksheets.length,
      digest: model.digest,
    };
  });
}
