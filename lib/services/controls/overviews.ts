import type { ServiceContext } from "@/lib/auth/context";
import { type Grant, readScope } from "@/lib/auth/scope";
import { listRecords } from "@/lib/data/control-records";
import type { ScopedTx } from "@/lib/db/kinds";
import { type ControlMatrix, controlMatrix, type WorksheetLine } from "@/lib/domain/controls/matrix";
import { type RiskLine, riskLines } from "@/lib/domain/controls/risk-grid";
import { type ShownWorksheet, shownWorksheets } from "@/lib/services/controls/shown-worksheets";

/** Requirements × controls of an engagement, as far as the person reads its worksheets. */
export function readMatrix(context: ServiceContext, engagementId: string): Promise<ControlMatrix> {
  return readScope(context, "control.read", { engagementId }, async (tx, grant) => {
    const matrix = controlMatrix(
      (await counted(tx, grant)).map((one) => ({
        ...lineOf(one),
        controls: one.content.sections.definition.items.controls,
      })),
    );
    if (grant.permission.view !== "all") return matrix;
    // A worksheet may still call a control as it was called before.
    const titles = new Map((await listRecords(tx)).map(({ id, text }) => [id, text.title]));
    const columns = matrix.columns.map((column) => ({ ...column, title: titles.get(column.recordId) ?? column.title }));
    return { ...matrix, columns };
  });
}

/** The risks of an engagement's worksheets, as far as the person reads them, in the order of their requirements. */
export function readRisks(context: ServiceContext, engagementId: string): Promise<readonly RiskLine[]> {
  return readScope(context, "control.read", { engagementId }, async (tx, grant) =>
    riskLines(
      (await counted(tx, grant)).map((one) => {
        const { identifiedRisk, definition } = one.content.sections;
        return { ...lineOf(one), risks: identifiedRisk.items.risks, controls: definition.items.controls };
      }),
    ),
  );
}

/** What was withdrawn stands for nothing any more. */
async function counted(tx: ScopedTx, grant: Grant): Promise<ShownWorksheet[]> {
  return (await shownWorksheets(tx, grant)).filter(({ state }) => state !== "withdrawn");
}

function lineOf({ material, content, state }: ShownWorksheet): WorksheetLine {
  const { requirementNumber, requirementTitle } = content.header;
  return { worksheetId: material.worksheet.id, requirementNumber, requirementTitle, state, revision: content.revision };
}
