import { type Grant, permissionFor, readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { lastRowChange } from "@/lib/data/dispositions";
import { listRevisions } from "@/lib/data/revisions";
import { listSignOffs } from "@/lib/data/sign-offs";
import type { ScopedTx } from "@/lib/db/kinds";
import type { DispositionRowModel, Logo } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import type { ExportRun } from "@/lib/services/export/export-run";
import { readLogo } from "@/lib/services/export/logo";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import { listPrinted } from "@/lib/services/export/printed-worksheets";
import { rowModel, type WorkbookFacts, workbookFacts } from "@/lib/services/export/workbook-frame";
import { isDecision } from "@/lib/services/worksheet/material";
import { type ShownText, shownText } from "@/lib/services/worksheet/shown-content";

/** A worksheet that goes into a workbook, and which of its texts. */
export interface PlannedSheet extends ShownText {
  readonly id: string;
}

/** What fixes a workbook, read at one moment: its rows, and of each worksheet the text that goes in. */
export interface WorkbookPlan {
  /** Counts up when a plan of an earlier version of Countervail cannot be gone on with. */
  readonly version: typeof PLAN_VERSION;
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

const PLAN_VERSION = 1;

/** Fixes what goes into a workbook. @throws Failure wrong_state for a plan of another version */
export async function planWorkbook(run: ExportRun): Promise<WorkbookPlan> {
  const { context, row } = run;
  const { engagementId } = row;
  const read = () =>
    readScope(context, "workbook.export", { engagementId }, async (tx, grant): Promise<WorkbookPlan> => {
      const sheets = await plannedSheets(tx, grant);
      const rows = await readRows(tx, grant);
      const places = new Map(sheets.map(({ id }, index) => [id, index]));
      return {
        version: PLAN_VERSION,
        facts: await workbookFacts(tx),
        rows: rows.map((one) => rowModel(one, places)),
        settled: rows.every((one) => one.settled),
        rowsAt: (await lastRowChange(tx)).toISOString(),
        sheets,
        logo: (await readLogo(tx)) ?? null,
        name: `workbook-${fileNamePart(tx.engagement.entityName)}-${tx.engagement.standardVersion}`,
      };
    });
  const plan = await run.json("plan", "plan.json", read, 0);
  if (plan.version !== PLAN_VERSION) {
    throw new Failure("wrong_state", "This export was begun by another version of Countervail. Ask for it again.");
  }
  return plan;
}

/** The worksheets that somebody gets printed now, and which text of each, by their numbers alone. */
export async function plannedSheets(tx: ScopedTx, grant: Grant): Promise<PlannedSheet[]> {
  const worksheets = await listPrinted(tx);
  const ids = worksheets.map(({ id }) => id);
  const revisions = byWorksheet(await listRevisions(tx, ids));
  const signOffs = byWorksheet((await listSignOffs(tx, ids)).filter(isDecision));
  return worksheets.flatMap((worksheet): PlannedSheet[] => {
    const { id, facts } = worksheet;
    const permission = permissionFor(grant, "worksheet.export", facts);
    const own = { worksheet, revisions: revisions.get(id) ?? [], signOffs: signOffs.get(id) ?? [] };
    const text = permission && shownText(permission.view, own);
    return text ? [{ id, ...text }] : [];
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
