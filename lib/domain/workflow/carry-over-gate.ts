import type { SubmissionBlocker } from "@/lib/domain/workflow/submission";
import { type CarriedReference, openNumbers } from "@/lib/domain/worksheet/carried-reference";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** Controls that still name a requirement by its number in the version before, which may mean something else now. */
export function referenceBlockers(
  references: readonly CarriedReference[],
  sections: Pick<WorksheetSections, "definition">,
): readonly SubmissionBlocker[] {
  return sections.definition.items.controls.flatMap((control): SubmissionBlocker[] => {
    const [first, ...more] = openNumbers(references, control);
    if (first === undefined) return [];
    const numbers = [first, ...more].map((number) => `“${number}”`).join(", ");
    const what = more.length > 0 ? "numbers" : "a number";
    const message = `${control.label.trim() || "A control"} names ${numbers}, ${what} of the version before. Choose the requirement of 4.0.1 that is meant; if it has this number today, write “${first} of v4.0.1”.`;
    return [{ section: "definition", code: "reference_open", message }];
  });
}
