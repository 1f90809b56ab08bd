import { unknownTarget } from "@/lib/auth/scope";
import type { ApplyPlanInput } from "@/lib/contracts/oscal-import";
import { ccwOf, type DispositionRow, listDispositions } from "@/lib/data/dispositions";
import { holdRoom } from "@/lib/data/evidence-files";
import type { WorksheetTarget } from "@/lib/data/facts";
import { holdWorkbookRows } from "@/lib/data/workbook-rows";
import { holdWorksheets, listCcws } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";

/** What an import is about, held until the commit. */
export interface HeldPlan {
  /** The rows of its worksheets and fixes, by id. */
  readonly rows: ReadonlyMap<string, DispositionRow>;
  /** The compensating controls worksheets of those rows, by the row's id. */
  readonly targets: ReadonlyMap<string, WorksheetTarget>;
}

/** Holds every row and worksheet that an import is about. @throws Failure not_found, with the event of that refusal */
export async function holdPlan(tx: ScopedTx, { worksheets, rows: fixes }: ApplyPlanInput): Promise<HeldPlan> {
  const ids = [...worksheets.map(({ dispositionId }) => dispositionId), ...fixes.map(({ id }) => id)];
  // As wherever evidence is moved: before any row.
  await holdRoom(tx);
  await holdWorkbookRows(tx, ids);
  const rows = new Map((await listDispositions(tx, ids)).map((row) => [row.id, row]));
  for (const { dispositionId } of worksheets) {
    if (!rows.has(dispositionId)) throw unknownTarget("worksheet.create", { dispositionId });
  }
  for (const { id } of fixes) if (!rows.has(id)) throw unknownTarget("disposition.decide", { dispositionId: id });
  const worksheetIds = [...rows.values()].flatMap((row) => ccwOf(row)?.id ?? []);
  await holdWorksheets(tx, worksheetIds);
  const targets = new Map((await listCcws(tx, worksheetIds)).map((one) => [one.dispositionId, one]));
  for (const { worksheetId, dispositionId } of worksheets) {
    if (worksheetId !== null && targets.get(dispositionId)?.id !== worksheetId) {
      throw unknownTarget("worksheet.edit", { worksheetId });
    }
  }
  return { rows, targets };
}

/** The row of that id, which was held. */
export function heldRow({ rows }: HeldPlan, id: string): DispositionRow {
  const row = rows.get(id);
  if (!row) throw new Error("A row of the import was not held.");
  return row;
}
