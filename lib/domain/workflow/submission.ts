import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { hasContent } from "@/lib/domain/worksheet/section-content";
import { SECTION_LABELS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";

/** Something that stops a submission, with the section where it is to be mended. */
export interface SubmissionBlocker {
  readonly section: SectionKey;
  readonly code: "section_empty" | "legal_constraint";
  readonly message: string;
}

/**
 * What stops a worksheet from being submitted; an empty list lets it pass. The blockers come in the row order
 * of the version. Source: facts 1.1 (six rows, all of them asked for) and 1.4 (a legal bar is no compensating control).
 */
export function submissionBlockers(
  sections: WorksheetSections,
  version: StandardVersion,
): readonly SubmissionBlocker[] {
  const blockers: SubmissionBlocker[] = [];
  for (const section of sectionOrder(version)) {
    if (!hasContent(sections, section)) {
      blockers.push({
        section,
        code: "section_empty",
        message: `“${SECTION_LABELS[section]}” is empty. All six sections must have content before a worksheet is submitted.`,
      });
    }
    if (section === "constraints" && sections.constraints.items.constraintType === "legal") {
      blockers.push({
        section,
        code: "legal_constraint",
        message:
          "A law that forbids meeting a requirement is not a reason for a compensating control: withdraw this worksheet and choose “Legal exception” for the requirement, which is then reported as not in place.",
      });
    }
  }
  return blockers;
}
