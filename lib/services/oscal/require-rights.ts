import { type Grant, requireRight } from "@/lib/auth/scope";
import type { ApplyPlanInput, WorksheetImport } from "@/lib/contracts/oscal-import";
import type { WorksheetFacts } from "@/lib/domain/access/facts";
import { CRITERIA_PART } from "@/lib/domain/worksheet/sections";
import { type HeldPlan, heldRow } from "@/lib/services/oscal/hold-plan";

/** The facts of a worksheet that was just opened: given to nobody yet. */
export const NEW_WORKSHEET: WorksheetFacts = {
  ...{ state: "draft", assigneeIds: [], authorIds: [], signerId: null },
  ...{ hasSubmittedRevision: false, hasSignedRevision: false },
};

/**
 * Judges every right that an import takes, before anything of it is compared, told or stored.
 * @throws Failure forbidden or not_found with one event, which names the first action that is refused and its target
 */
export function requireRights(grant: Grant, held: HeldPlan, { worksheets, rows }: ApplyPlanInput): void {
  for (const one of worksheets) {
    if (one.worksheetId === null) requireOpening(grant, held, one);
    else requireWriting(grant, held, one, one.worksheetId);
  }
  for (const { id } of rows) {
    const { ownerId, requirementNumber } = heldRow(held, id);
    requireRight(grant, "disposition.decide", { ownerId }, { dispositionId: id }, requirementNumber);
  }
}

/** Whoever opens a worksheet need not be somebody to whom it is given to write: then it is opened empty. */
function requireOpening(grant: Grant, held: HeldPlan, one: WorksheetImport): void {
  const { dispositionId } = one;
  const { ownerId, requirementNumber } = heldRow(held, dispositionId);
  requireRight(grant, "worksheet.create", { ownerId }, { dispositionId }, requirementNumber);
  for (const action of actionsIn(one)) {
    // There is no worksheet yet that the refusal could name.
    const reference = { dispositionId } as unknown as { readonly worksheetId: string };
    requireRight(grant, action, NEW_WORKSHEET, reference, requirementNumber);
  }
}

function requireWriting(grant: Grant, held: HeldPlan, one: WorksheetImport, worksheetId: string): void {
  const target = held.targets.get(one.dispositionId);
  if (!target) throw new Error("A worksheet of the import was not held.");
  for (const action of new Set(["worksheet.edit", ...actionsIn(one)] as const)) {
    requireRight(grant, action, target.facts, { worksheetId }, target.requirementNumber);
  }
}

/** What is done to a worksheet beside opening it and answering its gate. */
function actionsIn({ parts, evidence, reasons }: WorksheetImport) {
  const isAnswer = ({ key }: { readonly key: string }) => key === CRITERIA_PART;
  return new Set([
    ...(parts.some((part) => !isAnswer(part)) ? (["worksheet.edit"] as const) : []),
    ...(parts.some(isAnswer) ? (["criteria.answer"] as const) : []),
    ...evidence.map(({ changes }) => (changes ? ("evidence.change" as const) : ("evidence.add" as const))),
    ...(reasons.length > 0 ? (["finding.override"] as const) : []),
  ]);
}
