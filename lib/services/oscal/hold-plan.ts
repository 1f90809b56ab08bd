import { unknownTarget } from "@/lib/auth/scope";
import type { ApplyPlanInput } from "@/lib/contracts/oscal-import";
import { ccwOf, type DispositionRow, listDispositions } from "@/lib/data/dispositions";
import { holdRoom } from "@/lib/data/evidence-files";
import type { WorksheetTarget } from "@/lib/data/facts";
import { findDefinitions } from "@/lib/data/sections";
import { holdWorkbookRows } from "@/lib/data/workbook-rows";
import { holdWorksheets, listCcws } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Control } from "@/lib/domain/worksheet/model";
import { changesUses } from "@/lib/services/controls/follow-register";

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
  // As wherever evidence is moved: before any row. Uploads of the whole company wait for it.
  if (await movesEvidence(tx, worksheets)) await holdRoom(tx);
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

/**
 * Whether evidence would come or go with a shared control: with a definition that uses others than the one that stands, and
 * with nothing else. What stands is not held yet, but only the version that is looked at here, or one that is not there yet,
 * can be the one that is written over.
 */
async function movesEvidence(tx: ScopedTx, worksheets: ApplyPlanInput["worksheets"]): Promise<boolean> {
  const written = worksheets.flatMap(({ worksheetId, parts }) =>
    parts.flatMap((part) => (part.key === "definition" ? [{ worksheetId, ...part }] : [])),
  );
  const ids = written.flatMap(({ worksheetId }) => worksheetId ?? []);
  const standing = new Map((await findDefinitions(tx, ids)).map((one) => [one.worksheetId, one]));
  return written.some(({ worksheetId, baseVersion, content }) => {
    const before = standing.get(worksheetId ?? "");
    if (before && before.version < baseVersion) return true;
    // What the contract takes may leave out what is optional by undefined, which says the same.
    return changesUses(before?.content.items.controls ?? [], content.items.controls as readonly Control[]);
  });
}

/** The row of that id, which was held. */
export function heldRow({ rows }: HeldPlan, id: string): DispositionRow {
  const row = rows.get(id);
  if (!row) throw new Error("A row of the import was not held.");
  return row;
}
