import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { FILE_STATE_WORDS, type FileState } from "@/lib/domain/evidence/blob-state";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { hasContent } from "@/lib/domain/worksheet/section-content";
import { type PartKey, SECTION_LABELS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";

/** Something that stops a submission, with the part where it is to be mended. */
export interface SubmissionBlocker {
  readonly section: PartKey;
  /** The criterion, where it is one that stops it. */
  readonly itemId?: CriterionId;
  readonly code: "section_empty" | "legal_constraint" | "evidence_empty" | "file_unsound" | "criterion_unanswered";
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

/** A piece of evidence, as far as a submission asks about it. */
export interface EvidenceFacts {
  readonly section: SectionKey;
  readonly title: string;
  readonly url: string;
  readonly files: readonly { readonly name: string; readonly state: FileState }[];
}

/** What of the evidence stops a submission: what shows nothing, and files that nobody could read. A scan may still run. */
export function evidenceBlockers(evidence: readonly EvidenceFacts[]): readonly SubmissionBlocker[] {
  return evidence.flatMap(({ section, title, url, files }): SubmissionBlocker[] => {
    if (url === "" && files.length === 0) {
      const message = `The evidence “${title}” has neither a link nor a file. Add one, or remove it.`;
      return [{ section, code: "evidence_empty", message }];
    }
    return files.filter(({ state }) => state !== "whole" && state !== "pending").map((file) => unsound(section, file));
  });
}

/** What of a revision's files stops a signature: every file has to be there, whole and scanned. */
export function signatureBlockers(evidence: readonly EvidenceFacts[]): readonly SubmissionBlocker[] {
  return evidence.flatMap(({ section, files }) =>
    files.filter(({ state }) => state !== "whole").map((file) => unsound(section, file)),
  );
}

function unsound(section: SectionKey, { name, state }: EvidenceFacts["files"][number]): SubmissionBlocker {
  return { section, code: "file_unsound", message: `${FILE_STATE_WORDS[state]}: “${name}”.` };
}
