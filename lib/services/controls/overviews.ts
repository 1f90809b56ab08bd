import type { ServiceContext } from "@/lib/auth/context";
import { type Grant, readScope } from "@/lib/auth/scope";
import { listRecords } from "@/lib/data/control-records";
import type { ScopedTx } from "@/lib/db/kinds";
import { type ControlMatrix, controlMatrix, type WorksheetLine } from "@/lib/domain/controls/matrix";
import { type RiskLine, riskLines } from "@/lib/domain/controls/risk-grid";
import { type ShownWorksheet, shownWorksheets } from "@/lib/services/controls/shown-worksheets";
import { overviewOf, recordOverview } from "@/lib/services/review/record-view";

/**
 * Requirements × controls of an engagement, as far as the person reads its worksheets. What controls are called is text of
 * a worksheet: that the other company sees it is an event.
 */
export async function readMatrix(context: ServiceContext, engagementId: string): Promise<ControlMatrix> {
  const read = await readScope(context, "control.read", { engagementId }, async (tx, grant) => {
    const matrix = controlMatrix(
      (await counted(tx, grant)).map((one) => ({
        ...lineOf(one),
        controls: one.content.sections.definition.items.controls,
      })),
    );
    const named = grant.permission.view === "all" ? await asNamedNow(tx, matrix) : matrix;
    return overviewOf(tx, "matrix", named, named.rows);
  });
  return recordOverview(context, { engagementId }, read);
}

/** A worksheet may still call a control as it was called before. */
async function asNamedNow(tx: ScopedTx, matrix: ControlMatrix): Promise<ControlMatrix> {
  const titles = new Map((await listRecords(tx)).map(({ id, text }) => [id, text.title]));
  const columns = matrix.columns.map((column) => ({ ...column, title: titles.get(column.recordId) ?? column.title }));
  return { ...matrix, columns };
}

/**
 * The risks of an engagement's worksheets, as far as the person reads them, in the order of their requirements. That the
 * other company sees those of a submitted worksheet is an event.
 */
export async function readRisks(context: ServiceContext, engagementId: string): Promise<readonly RiskLine[]> {
  const read = await readScope(context, "control.read", { engagementId }, async (tx, grant) => {
    const lines = riskLines(
      (await counted(tx, grant)).map((one) => {
        const { identifiedRisk, definition } = one.content.sections;
        return { ...lineOf(one), risks: identifiedRisk.items.risks, controls: definition.items.controls };
      }),
    );
    return overviewOf(tx, "risks", lines, lines);
  });
  return recordOverview(context, { engagementId }, read);
}

/** What was withdrawn stands for nothing any more. */
async function counted(tx: ScopedTx, grant: Grant): Promise<ShownWorksheet[]> {
  return (await shownWorksheets(tx, grant)).filter(({ state }) => state !== "withdrawn");
}

function lineOf({ material, content, state }: ShownWorksheet): WorksheetLine {
  const { requirementNumber, requirementTitle } = content.header;
  return { worksheetId: material.worksheet.id, requirementNumber, requirementTitle, state, revision: content.revision };
}
