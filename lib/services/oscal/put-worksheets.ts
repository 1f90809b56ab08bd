import { grantFor, type Inside } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { PlanImportDto, WorksheetImport } from "@/lib/contracts/oscal-import";
import type { WorksheetTarget } from "@/lib/data/facts";
import { workbookRow } from "@/lib/data/workbook-rows";
import { listCcws, recordAuthorsOf } from "@/lib/data/worksheets";
import { type HeldPlan, heldRow } from "@/lib/services/oscal/hold-plan";
import { putWorksheet } from "@/lib/services/oscal/put-worksheet";
import { storeReasons } from "@/lib/services/rigour/answer-warning";
import { assessAll } from "@/lib/services/rigour/assess";
import { isCcw, loadMaterial } from "@/lib/services/worksheet/material";
import { judgeOpening, type Opening, openJudged } from "@/lib/services/worksheet/open-worksheet";

/** A worksheet of an import, as it stands once it was opened. */
interface Placed {
  readonly one: WorksheetImport;
  readonly target: WorksheetTarget;
}

/**
 * Opens the worksheets of an import that are not there, makes every save of them, and gives the reasons for warnings last,
 * which a text has only once it stands. What can be read and stored for all of them at once is.
 * @returns those in which anything was saved
 */
export async function putWorksheets(
  inside: Inside,
  held: HeldPlan,
  worksheets: readonly WorksheetImport[],
  acknowledge: boolean,
): Promise<PlanImportDto["worksheets"]> {
  const placed = await openAll(inside, held, worksheets, acknowledge);
  const saved = new Map<string, number>();
  const note = (id: string, saves: number) => void saved.set(id, (saved.get(id) ?? 0) + saves);
  for (const { one, target } of placed) {
    note(target.id, one.worksheetId === null ? 1 : 0);
    await named(target.requirementNumber, async () =>
      note(target.id, await putWorksheet(inside, target, one, acknowledge)),
    );
  }
  await giveReasons(inside, placed, acknowledge, note);
  return placed
    .filter(({ target }) => (saved.get(target.id) ?? 0) > 0)
    .map(({ one, target: { id, requirementNumber } }) => ({ id, requirementNumber, opened: one.worksheetId === null }));
}

async function openAll(
  inside: Inside,
  held: HeldPlan,
  worksheets: readonly WorksheetImport[],
  acknowledgeCardNumber: boolean,
): Promise<readonly Placed[]> {
  const { tx } = inside;
  const openings: Opening[] = [];
  for (const { worksheetId, dispositionId, eligibility } of worksheets) {
    if (worksheetId !== null) continue;
    const row = workbookRow(heldRow(held, dispositionId));
    await named(row.requirementNumber, async () => {
      if (!eligibility) throw new Failure("blocked", "The gate has to be answered before a worksheet is opened.");
      openings.push(await judgeOpening(tx, row, { eligibility: eligibility.answers, acknowledgeCardNumber }));
    });
  }
  const opened = await openJudged(inside, openings);
  const ids = worksheets.map(({ worksheetId, dispositionId }) => worksheetId ?? opened.get(dispositionId) ?? "");
  const writes = ({ parts, evidence }: WorksheetImport) => parts.length + evidence.length > 0;
  const written = ids.filter((_, index) => writes(worksheets[index] as WorksheetImport));
  if (written.length > 0) await recordAuthorsOf(tx, written, [tx.actor.userId]);
  const targets = new Map((await listCcws(tx, ids)).map((target) => [target.id, target]));
  return worksheets.map((one, index): Placed => {
    const target = targets.get(ids[index] ?? "");
    if (!target) throw new Error("A worksheet of the import is not there.");
    return { one, target };
  });
}

/** A reason whose warning the text does not have here is left out: the checks are not the same everywhere. */
async function giveReasons(
  inside: Inside,
  placed: readonly Placed[],
  acknowledge: boolean,
  note: (id: string, saves: number) => void,
): Promise<void> {
  const { tx, grant } = inside;
  const given = placed.filter(({ one }) => one.reasons.length > 0);
  const answered = new Map(given.map(({ one, target }) => [target.id, one.reasons]));
  if (answered.size === 0) return;
  const targets = await listCcws(tx, [...answered.keys()]);
  const materials = (await loadMaterial(tx, targets)).filter(isCcw);
  const assessments = await assessAll(tx, materials);
  for (const { worksheet } of materials) {
    const { id: worksheetId } = worksheet;
    const assessment = assessments.get(worksheetId);
    if (!assessment) throw new Error("The rules were not asked.");
    grantFor(grant, "finding.override", worksheet);
    const answers = answered.get(worksheetId) ?? [];
    await named(worksheet.requirementNumber, async () =>
      note(worksheetId, await storeReasons(inside, { worksheetId, assessment, answers }, acknowledge)),
    );
  }
}

/** Does something of one worksheet among many: a refusal says of which. */
export async function named(number: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, `${number}: ${error.message}`, error.extras);
  }
}
