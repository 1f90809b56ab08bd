import type { Outcome } from "@/lib/domain/rigour/finding";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { isSame } from "@/lib/domain/same";
import type { AddedPart } from "@/lib/domain/worksheet/added-parts";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import { type CarriedReference, openNumbers } from "@/lib/domain/worksheet/carried-reference";
import { answerTo, type CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { hasContent } from "@/lib/domain/worksheet/section-content";
import { isSection, type SectionKey } from "@/lib/domain/worksheet/sections";

/**
 * How far an added part is. `written`: what it asks about no longer reads as it came. `holds`: somebody gave the reason
 * why the text holds unchanged, which rule L23 asks for and the assessor reads. A remark asks for nothing.
 */
export type AddedState = "open" | "written" | "holds" | "remark";

/** What the state is worked out from; it is stored nowhere. */
export interface CarriedNow {
  readonly references: readonly CarriedReference[];
  /** As it came. */
  readonly taken: { readonly sections: WorksheetSections; readonly answers: readonly CriterionAnswer[] };
  readonly sections: WorksheetSections;
  readonly answers: readonly CriterionAnswer[];
  readonly outcomes: readonly Outcome[];
  readonly reasons: readonly WarningReason[];
}

/** How far one of the added parts is. */
export function stateOfAdded(part: AddedPart, now: CarriedNow): AddedState {
  switch (part.kind) {
    case "remark":
      return "remark";
    case "choice":
      return isReferenceOpen(part.itemId, now) ? "open" : "written";
    case "criterion":
      return isAnswered(part, now) ? "written" : "open";
    case "heading":
    case "prompt":
      return isSection(part.part) ? stateOfSection(part.part, now) : "open";
  }
}

function isReferenceOpen(itemId: string | undefined, { references, sections }: CarriedNow): boolean {
  const control = sections.definition.items.controls.find(({ id }) => id === itemId);
  return control !== undefined && openNumbers(references, control).length > 0;
}

/** Whoever finds that the old answer holds adds to it why, so an answer that stands as it came is still to be looked at. */
function isAnswered({ criterion }: AddedPart, { answers, taken }: CarriedNow): boolean {
  if (criterion === undefined) return false;
  const answer = answerTo(answers, criterion).trim();
  return answer !== "" && answer !== answerTo(taken.answers, criterion).trim();
}

function stateOfSection(section: SectionKey, { sections, taken, outcomes, reasons }: CarriedNow): AddedState {
  const copies = copiesOf(section, outcomes);
  if (copies.some(({ key }) => reasons.some((reason) => reason.key === key))) return "holds";
  const asItCame = copies.length > 0 || isSame(sections[section], taken.sections[section]);
  return asItCame || !hasContent(sections, section) ? "open" : "written";
}

/** What L23 says of a section that still reads like its model. */
function copiesOf(section: SectionKey, outcomes: readonly Outcome[]) {
  return findingsIn(outcomes).filter(({ rule, key }) => rule === "L23" && key.startsWith(`L23:copy:${section}:`));
}
