import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, couldDo, type Grant } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { ApplyPlanInput, PlanConflictDto, PlanImportDto } from "@/lib/contracts/oscal-import";
import { type DispositionRow, findDisposition } from "@/lib/data/dispositions";
import { holdRoom } from "@/lib/data/evidence-files";
import { holdWorkbookRows } from "@/lib/data/workbook-rows";
import { holdWorksheets, listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { judgeDecision, storeDecision } from "@/lib/services/disposition/decide-disposition";
import { askAboutPlan } from "@/lib/services/oscal/ask-about-plan";
import { findConflicts } from "@/lib/services/oscal/find-conflicts";
import { putWorksheet } from "@/lib/services/oscal/put-worksheet";
import { requireSaves } from "@/lib/services/oscal/require-saves";
import { loadScope } from "@/lib/services/scope/scope-facts";

/**
 * Takes in what a preview of a plan gave, or some of it: each worksheet, section, piece of evidence and planned fix with the
 * right, the rules and the event of a single save, all of them or none.
 * @throws Failure not_found, forbidden, wrong_state, blocked and invalid as for a single save; card_number_suspected; stale
 * with what stands now and what was sent, where somebody changed one since the preview
 */
export function applyPlan(
  context: ServiceContext,
  engagementId: string,
  input: ApplyPlanInput,
): Promise<PlanImportDto> {
  requireSaves(input);
  return enter(context, input, async (tx, grant) => {
    if (tx.engagement.id !== engagementId.toLowerCase()) throw notFound();
    const rows = await holdAll(tx, input);
    const conflicts = await findConflicts(tx, rows, input);
    if (conflicts.length > 0) throw stale(conflicts);
    const acknowledged = await askAboutPlan(tx, rows, input);
    const worksheets: PlanImportDto["worksheets"][number][] = [];
    for (const one of input.worksheets) {
      const row = requireRow(rows, one.dispositionId);
      const id = await putWorksheet({ context, tx, grant }, row, one, acknowledged).catch((error: unknown) => {
        throw naming(error, row.requirementNumber);
      });
      worksheets.push({ id, requirementNumber: row.requirementNumber, opened: one.worksheetId === null });
    }
    await putFixes(context, tx, grant, rows, input);
    return { worksheets, rows: input.rows.length };
  });
}

/** The right to the first of them opens the door; the others are judged one by one behind it. */
function enter<T>(
  context: ServiceContext,
  { worksheets: [worksheet], rows: [row] }: ApplyPlanInput,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T> {
  if (worksheet?.worksheetId) {
    return changeScope(context, "worksheet.edit", { worksheetId: worksheet.worksheetId }, "none", work);
  }
  if (worksheet) {
    return changeScope(context, "worksheet.create", { dispositionId: worksheet.dispositionId }, "none", work);
  }
  if (!row) throw new Failure("invalid", "There is nothing to take in.");
  return changeScope(context, "disposition.decide", { dispositionId: row.id }, "none", work);
}

/** Holds every row and worksheet until the commit. @returns the rows by id @throws Failure not_found */
async function holdAll(tx: ScopedTx, input: ApplyPlanInput): Promise<ReadonlyMap<string, DispositionRow>> {
  const ids = [...input.worksheets.map(({ dispositionId }) => dispositionId), ...input.rows.map(({ id }) => id)];
  // As wherever evidence is moved: before any row.
  await holdRoom(tx);
  await holdWorkbookRows(tx, ids);
  const worksheetIds = input.worksheets.flatMap(({ worksheetId }) => worksheetId ?? []);
  await holdWorksheets(tx, worksheetIds);
  const places = new Map((await listWorksheets(tx, worksheetIds)).map((one) => [one.id, one]));
  for (const { worksheetId, dispositionId } of input.worksheets) {
    if (worksheetId === null) continue;
    const found = places.get(worksheetId);
    if (found?.dispositionId !== dispositionId || found.kind !== "ccw") throw notFound();
  }
  const rows = new Map<string, DispositionRow>();
  for (const id of ids) {
    const row = await findDisposition(tx, id);
    if (!row) throw notFound();
    rows.set(id, row);
  }
  return rows;
}

function requireRow(rows: ReadonlyMap<string, DispositionRow>, id: string): DispositionRow {
  const row = rows.get(id);
  if (!row) throw notFound();
  return row;
}

async function putFixes(
  context: ServiceContext,
  tx: ScopedTx,
  grant: Grant,
  rows: ReadonlyMap<string, DispositionRow>,
  input: ApplyPlanInput,
): Promise<void> {
  if (input.rows.length === 0) return;
  const scope = await loadScope(tx);
  for (const { id, ...change } of input.rows) {
    const before = requireRow(rows, id);
    const number = before.requirementNumber;
    if (!couldDo(grant, "disposition.decide", { ownerId: before.ownerId })) {
      throw new Failure("forbidden", `You may not change the row of ${number}.`);
    }
    await judgeDecision(tx, grant, scope, before, change).catch((error: unknown) => {
      throw naming(error, number);
    });
    if (!(await storeDecision(context, tx, before, change))) {
      throw stale([{ requirementNumber: number, stored: null, sent: change }]);
    }
  }
}

function stale(parts: PlanConflictDto["parts"]): Failure {
  const numbers = [...new Set(parts.map(({ requirementNumber }) => requirementNumber))].join(", ");
  const current: PlanConflictDto = { parts };
  const message = `Nothing was taken in: somebody else changed ${numbers} since you saw the preview. Choose the file again to see what it would change now.`;
  return new Failure("stale", message, { current });
}

/** A refusal of one among many says which. */
function naming(error: unknown, number: string): unknown {
  if (!(error instanceof Failure)) return error;
  return new Failure(error.code, `${number}: ${error.message}`, error.extras);
}
