import { FILE_STATE_WORDS, type FileState } from "@/lib/domain/evidence/blob-state";
import type { Outcome, RuleId } from "@/lib/domain/rigour/finding";
import { findingsIn } from "@/lib/domain/rigour/finding";
import type { GateStop } from "@/lib/domain/rigour/gate-words";
import { failedRules, wantingReason, warningsWithoutReason } from "@/lib/domain/rigour/reasons";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { PartKey, TextPartKey } from "@/lib/domain/worksheet/sections";

/** Something that stops a submission, with the part where it is to be mended; null is the worksheet as a whole. */
export interface SubmissionBlocker {
  readonly section: PartKey | null;
  /** The criterion, where it is one that stops it. */
  readonly itemId?: CriterionId;
  readonly code:
    | "gate"
    | "finding"
    | "warning"
    | "not_evaluated"
    | "evidence_empty"
    | "file_unsound"
    | "criterion_unanswered"
    | "criterion_copied"
    | "reference_open"
    | "record_incomplete";
  readonly message: string;
  /** The rule that objects. */
  readonly rule?: RuleId;
  /** The field of the eligibility gate that is to be answered, or answered otherwise. */
  readonly question?: keyof EligibilityAnswers;
  /** What to choose for the requirement instead of a compensating control. */
  readonly wayOut?: Disposition;
}

/** At what the eligibility gate stops, as it is told. */
export function gateBlockers(stops: readonly GateStop[]): readonly SubmissionBlocker[] {
  return stops.map(({ rule, question, message, wayOut }) => ({
    section: null,
    code: "gate",
    message,
    rule,
    ...(question && { question }),
    ...(wayOut && { wayOut }),
  }));
}

/**
 * What the rules have against a submission: every error, and every warning and failed rule for which no reason was given.
 * An empty list lets it pass.
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
  const failed = new Set(failedRules(outcomes).map(({ rule }) => rule));
  const warnings = warningsWithoutReason(wantingReason(outcomes), reasons).map(
    ({ rule, message, place }): SubmissionBlocker => ({
      section: place.section,
      code: failed.has(rule) ? "not_evaluated" : "warning",
      message: `${message} ${failed.has(rule) ? "Try again later, or say how you made sure of what it asks." : "Mend it, or give a reason."}`,
      rule,
    }),
  );
  return [...errors, ...warnings];
}

/** A piece of evidence, as far as a submission asks about it. */
export interface EvidenceFacts {
  readonly section: TextPartKey;
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

function unsound(section: TextPartKey, { name, state }: EvidenceFacts["files"][number]): SubmissionBlocker {
  return { section, code: "file_unsound", message: `${FILE_STATE_WORDS[state]}: “${name}”.` };
}
