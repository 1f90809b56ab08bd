import { couldDo, type Grant } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { ApplyPlanInput, PlanConflict, WorksheetImport } from "@/lib/contracts/oscal-import";
import { loadEvidence } from "@/lib/data/evidence";
import type { WorksheetTarget } from "@/lib/data/facts";
import { loadSections } from "@/lib/data/sections";
import type { ScopedTx } from "@/lib/db/kinds";
import { checkState } from "@/lib/domain/access/action-states";
import { isSame } from "@/lib/domain/same";
import { formerOf } from "@/lib/services/disposition/decide-disposition";
import { type HeldPlan, heldRow } from "@/lib/services/oscal/hold-plan";
import { type Settled, settleWorksheet } from "@/lib/services/oscal/settle-worksheet";

/** What of an import is still to be done, what is there already, and what stands in its way. */
export interface SettledPlan {
  /** What somebody changed since the preview, with what stands now and what was sent. */
  readonly conflicts: readonly PlanConflict[];
  /** Without what is there already: worksheets that were opened meanwhile are named, and those without a save left out. */
  readonly left: ApplyPlanInput;
  /** How many saves would write what stands already. */
  readonly already: number;
}

/** What stands in the worksheets of an import, by their ids. */
interface Stored {
  readonly sections: Awaited<ReturnType<typeof loadSections>>;
  readonly evidence: Awaited<ReturnType<typeof loadEvidence>>;
}

/**
 * Holds everything that an import would write against what stands, before anything is stored: the refusal tells what stays.
 * What already says what was sent needs no save, whoever made it. @throws Failure wrong_state for a worksheet that is frozen by now
 */
export async function settlePlan(
  tx: ScopedTx,
  grant: Grant,
  held: HeldPlan,
  input: ApplyPlanInput,
): Promise<SettledPlan> {
  const ids = [...held.targets.values()].map(({ id }) => id);
  const stored = { sections: await loadSections(tx, ids), evidence: await loadEvidence(tx, ids) };
  const worksheets: Settled<WorksheetImport>[] = [];
  for (const one of input.worksheets) {
    const target = held.targets.get(one.dispositionId);
    worksheets.push(target ? await settleStanding(tx, grant, one, target, stored) : settleOpening(held, one));
  }
  const rows = input.rows.map((change) => settleRow(held, change));
  const all = [...worksheets, ...rows];
  const left = { ...input, worksheets: worksheets.flatMap((one) => one.left), rows: rows.flatMap((one) => one.left) };
  return {
    left,
    conflicts: all.flatMap(({ conflicts }) => conflicts),
    already: all.reduce((sum, { already }) => sum + already, 0),
  };
}

async function settleStanding(
  tx: ScopedTx,
  grant: Grant,
  one: WorksheetImport,
  target: WorksheetTarget,
  stored: Stored,
): Promise<Settled<WorksheetImport>> {
  const { requirementNumber } = target;
  // Somebody may have opened it meanwhile for others to write.
  if (!couldDo(grant, "worksheet.edit", target.facts)) {
    return { left: [], conflicts: [{ what: "worksheet", requirementNumber, stored: null, sent: null }], already: 0 };
  }
  const [sections, evidence] = [stored.sections.get(target.id), stored.evidence.get(target.id)];
  if (!sections || !evidence) throw new Error("A worksheet has no sections.");
  const settled = await settleWorksheet(tx, one, { target, sections, evidence });
  // One that was opened meanwhile is a conflict whatever became of it since.
  if (settled.left.length > 0 || (one.worksheetId !== null && settled.conflicts.length > 0)) requireWritable(target);
  return settled;
}

/** Opening a worksheet makes its row a compensating control, over what the preview showed of it. */
function settleOpening(held: HeldPlan, one: WorksheetImport): Settled<WorksheetImport> {
  const { version, disposition, requirementNumber } = heldRow(held, one.dispositionId);
  if (version === one.rowVersion) return { left: [one], conflicts: [], already: 0 };
  const sent = { disposition: "compensating_control" } as const;
  return { left: [], conflicts: [{ what: "row", requirementNumber, stored: { disposition }, sent }], already: 0 };
}

function requireWritable({ facts, requirementNumber }: WorksheetTarget): void {
  const state = checkState("worksheet.edit", facts.state);
  if (!state.ok) throw new Failure(state.error.code, `${requirementNumber}: ${state.error.message}`);
}

function settleRow(held: HeldPlan, change: ApplyPlanInput["rows"][number]): Settled<ApplyPlanInput["rows"][number]> {
  const { id, version, ...sent } = change;
  const row = heldRow(held, id);
  if (row.version === version) return { left: [change], conflicts: [], already: 0 };
  const stored = formerOf(row, sent);
  if (isSame(stored, sent)) return { left: [], conflicts: [], already: 1 };
  const { requirementNumber } = row;
  return { left: [], conflicts: [{ what: "row", requirementNumber, stored, sent }], already: 0 };
}
