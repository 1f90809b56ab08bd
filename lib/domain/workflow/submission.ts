import { FILE_STATE_WORDS, type FileState } from "@/lib/domain/evidence/blob-state";
import type { Outcome, RuleId } from "@/lib/domain/rigour/finding";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { warningsWithoutReason } from "@/lib/domain/rigour/reasons";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { PartKey, SectionKey } from "@/lib/domain/worksheet/sections";

/** Something that stops a submission, with the part where it is to be mended; null is the worksheet as a whole. */
export interface SubmissionBlocker {
  readonly section: PartKey | null;
  /** The criterion, where it is one that stops it. */
  readonly itemId?: CriterionId;
  readonly code:
    | "finding"
    | "warning"
    | "evidence_empty"
    | "file_unsound"
    | "criterion_unanswered"
    | "criterion_copied";
  readonly message: string;
  /** The rule that objects. */
  readonly rule?: RuleId;
}

/**
 * What the rules have against a submission: every error, and every warning for which no reason was given. An empty list
 * lets it pass.
 */
export function rigourBlockers(
  outcomes: readonly Outcome[],
  reasons: readonly WarningReason[],
): readonly SubmissionBlocker[] {
  const errors = findingsIn(outcomes, "error").map(
    ({ rule, message, place }): SubmissionBlocker => ({
      section: place.section,
      code: "finding",
      message,
      rule,
    }),
  );
  const warnings = warningsWithoutReason(findingsIn(outcomes, "warning"), reasons).map(
    ({ rule, message, place }): SubmissionBlocker => ({
      section: place.section,
      code: "warning",
      message: `${message} Mend it, or give a reason.`,
      rule,
    }),
  );
  return [...errors, ...warnings];
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
