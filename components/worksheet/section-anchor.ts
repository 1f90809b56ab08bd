import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** The id of a section's heading in the page, which links and the list of sections jump to. */
export function sectionAnchor(key: PartKey): string {
  return `section-${key}`;
}

/** The id of the field in which a criterion is answered. */
export function answerField(criterion: CriterionId): string {
  return `answer-${criterion}`;
}

/** Brings a section into view and puts the focus on its heading, or on the field of a criterion. */
export function goToSection(key: PartKey, criterion?: CriterionId): void {
  const field = criterion === undefined ? null : document.getElementById(answerField(criterion));
  if (field) {
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    return;
  }
  const heading = document.getElementById(sectionAnchor(key));
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}
