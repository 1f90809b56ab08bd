import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Grant, type Inside } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { ApplyPlanInput, PlanConflict, PlanConflictDto, PlanImportDto } from "@/lib/contracts/oscal-import";
import type { ScopedTx } from "@/lib/db/kinds";
import { PART_LABELS } from "@/lib/domain/worksheet/sections";
import { judgeDecision, storeDecision } from "@/lib/services/disposition/decide-disposition";
import { askAboutPlan } from "@/lib/services/oscal/ask-about-plan";
import { type HeldPlan, heldRow, holdPlan } from "@/lib/services/oscal/hold-plan";
import { named, putWorksheets } from "@/lib/services/oscal/put-worksheets";
import { requireRights } from "@/lib/services/oscal/require-rights";
import { requireSaves } from "@/lib/services/oscal/require-saves";
import { settlePlan } from "@/lib/services/oscal/settle-plan";
import { loadScope } from "@/lib/services/scope/scope-facts";

/** Undoes a transaction in which nothing was written: what was sent is there already, and no event tells that. */
class AllThere extends Error {
  constructor(readonly already: number) {
    super("Everything is there already.");
  }
}

/**
 * Takes in what a preview of a plan gave, or some of it: each worksheet, section, piece of evidence and planned fix with the
 * right, the rules and the event of a single save, all of them or none. Rights are judged first, then everything is compared
 * with what the preview saw; what stands already is not saved again, so that the same preview can be applied twice.
 * @throws Failure not_found, forbidden, wrong_state, blocked and invalid as for a single save; card_number_suspected; stale
 * with what stands now and what was sent, where somebody changed one since the preview
 */
export async function applyPlan(
  context: ServiceContext,
  engagementId: string,
  input: ApplyPlanInput,
): Promise<PlanImportDto> {
  requireSaves(input);
  try {
    return await enter(context, engagementId, input, async (tx, grant) => {
      if (tx.engagement.id !== engagementId.toLowerCase()) throw notFound();
      const held = await holdPlan(tx, input);
      requireRights(grant, held, input);
      const { conflicts, left, already } = await settlePlan(tx, grant, held, input);
      if (conflicts.length > 0) throw stale(conflicts);
      return takeIn({ context, tx, grant }, held, left, already);
    });
  } catch (error) {
    if (!(error instanceof AllThere)) throw error;
    return { worksheets: [], rows: 0, already: error.already };
  }
}

/**
 * Who may not do the first thing is refused at the door, in its name; the others are judged behind it. A worksheet that stands
 * is judged there too: what became of it is compared first.
 */
function enter<T>(
  context: ServiceContext,
  engagementId: string,
  { worksheets: [worksheet], rows: [row] }: ApplyPlanInput,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T> {
  if (worksheet?.worksheetId === null) {
    return changeScope(context, "worksheet.create", { dispositionId: worksheet.dispositionId }, "none", work);
  }
  if (!worksheet && row) return changeScope(context, "disposition.decide", { dispositionId: row.id }, "none", work);
  return changeScope(context, "workbook.import", { engagementId }, "none", work);
}

async function takeIn(inside: Inside, held: HeldPlan, left: ApplyPlanInput, already: number): Promise<PlanImportDto> {
  const acknowledged = await askAboutPlan(inside.tx, held.rows, left);
  const worksheets = await putWorksheets(inside, held, left.worksheets, acknowledged);
  await putFixes(inside, held, left);
  if (worksheets.length + left.rows.length === 0) throw new AllThere(already);
  return { worksheets, rows: left.rows.length, already };
}

async function putFixes({ context, tx, grant }: Inside, held: HeldPlan, { rows }: ApplyPlanInput): Promise<void> {
  if (rows.length === 0) return;
  const scope = await loadScope(tx);
  for (const { id, ...change } of rows) {
    const before = heldRow(held, id);
    await named(before.requirementNumber, () => judgeDecision(tx, grant, scope, before, change));
    // The row is held, and has the version that was sent.
    if (!(await storeDecision(context, tx, before, change))) throw new Error("A row that was held has changed.");
  }
}

function stale(parts: readonly PlanConflict[]): Failure {
  const changed = new Map<string, string[]>();
  for (const part of parts) {
    const { requirementNumber } = part;
    changed.set(requirementNumber, [...(changed.get(requirementNumber) ?? []), wordsOf(part)]);
  }
  const told = [...changed].map(([number, words]) => `${number} (${[...new Set(words)].join(", ")})`).join(", ");
  const current: PlanConflictDto = { parts };
  const message = `Nothing was taken in: somebody else changed ${told} since you saw the preview. Choose the file again to see what it would change now.`;
  return new Failure("stale", message, { current });
}

const WORDS = {
  eligibility: "the answers at the gate",
  evidence: "evidence",
  reason: "a reason for a warning",
  row: "its row",
  worksheet: "its worksheet was opened",
} as const;

function wordsOf(part: PlanConflict): string {
  return part.what === "section" ? `“${PART_LABELS[part.stored.key]}”` : WORDS[part.what];
}
