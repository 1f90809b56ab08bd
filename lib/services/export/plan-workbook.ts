import { type Grant, permissionFor } from "@/lib/auth/scope";
import { lastRowChange } from "@/lib/data/dispositions";
import { listRevisions } from "@/lib/data/revisions";
import { listSignOffs } from "@/lib/data/sign-offs";
import type { ScopedTx } from "@/lib/db/kinds";
import type { DispositionRowModel, Logo } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import { readLogo } from "@/lib/services/export/logo";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import { listPrinted } from "@/lib/services/export/printed-worksheets";
import { rowModel, type WorkbookFacts, workbookFacts } from "@/lib/services/export/workbook-frame";
import { isDecision } from "@/lib/services/worksheet/material";
import { shownText } from "@/lib/services/worksheet/shown-content";

/** A worksheet that goes into a workbook. */
export interface PlannedSheet {
  readonly id: string;
}

/** What fixes a workbook: its rows, and which worksheets go in. */
export interface WorkbookPlan {
  readonly facts: WorkbookFacts;
  readonly rows: readonly DispositionRowModel[];
  /** Whether every row is settled. */
  readonly settled: boolean;
  /** The last change of a row, ISO 8601. */
  readonly rowsAt: string;
  readonly sheets: readonly PlannedSheet[];
  readonly logo: Logo | null;
  /** The name of the file, without its ending. */
  readonly name: string;
}

/** Plans what goes into a workbook, for whoever has asked for it. */
export async function planWorkbook(tx: ScopedTx, grant: Grant): Promise<WorkbookPlan> {
  const sheets = await plannedSheets(tx, grant);
  const rows = await readRows(tx, grant);
  const places = new Map(sheets.map(({ id }, index) => [id, index]));
  return {
    facts: await workbookFacts(tx),
    rows: rows.map((one) => rowModel(one, places)),
    settled: rows.every((one) => one.settled),
    rowsAt: (await lastRowChange(tx)).toISOString(),
    sheets,
    logo: (await readLogo(tx)) ?? null,
    name: `workbook-${fileNamePart(tx.engagement.entityName)}-${tx.engagement.standardVersion}`,
  };
}

/** The worksheets that somebody gets printed now, without what stands in them. */
export async function plannedSheets(tx: ScopedTx, grant: Grant): Promise<PlannedSheet[]> {
  const worksheets = await listPrinted(tx);
  const ids = worksheets.map(({ id }) => id);
  const revisions = byWorksheet(await listRevisions(tx, ids));
  const signOffs = byWorksheet((await listSignOffs(tx, ids)).filter(isDecision));
  return worksheets.flatMap((worksheet): PlannedSheet[] => {
    const { id, facts } = worksheet;
    const permission = permissionFor(grant, "worksheet.export", facts);
    const own = { worksheet, revisions: revisions.get(id) ?? [], signOffs: signOffs.get(id) ?? [] };
    return permission && shownText(permission.view, own) ? [{ id }] : [];
  });
}

function byWorksheet<T extends { readonly worksheetId: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const own = found.get(one.worksheetId);
    if (own) own.push(one);
    else found.set(one.worksheetId, [one]);
  }
  return found;
}
