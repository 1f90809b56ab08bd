import type { SubmissionBlocker } from "@/lib/domain/workflow/submission";
import { type CarriedReference, isChoiceOpen } from "@/lib/domain/worksheet/carried-reference";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** Controls that still name a requirement by its number in the version before, which would mean something else now. */
export function referenceBlockers(
  references: readonly CarriedReference[],
  sections: Pick<WorksheetSections, "definition">,
): readonly SubmissionBlocker[] {
  return sections.definition.items.controls.flatMap(({ id, label, requirementRef }): SubmissionBlocker[] => {
    const open = references.find((one) => one.itemId === id && isChoiceOpen(one, requirementRef));
    if (!open) return [];
    const message = `${label.trim() || "A control"} names “${open.before}”, a number of the version before. Choose the requirement of 4.0.1 that is meant.`;
    return [{ section: "definition", code: "reference_open", message }];
  });
}
