import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { GateStop } from "@/lib/domain/rigour/gate-words";
import { referenceBlockers } from "@/lib/domain/workflow/carry-over-gate";
import { answerBlockers, sampleAnswerBlockers } from "@/lib/domain/workflow/criteria-gate";
import {
  type EvidenceFacts,
  evidenceBlockers,
  gateBlockers,
  rigourBlockers,
  type SubmissionBlocker,
} from "@/lib/domain/workflow/submission";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** Everything that a submission is judged by. */
export interface Submitted {
  readonly version: StandardVersion;
  /** At what the eligibility gate stops. */
  readonly stops: readonly GateStop[];
  readonly outcomes: readonly Outcome[];
  readonly reasons: readonly WarningReason[];
  readonly evidence: readonly EvidenceFacts[];
  readonly answers: readonly CriterionAnswer[];
  /** The answers that came with the sample that the draft began as; left out for other drafts. */
  readonly sampled?: readonly CriterionAnswer[];
  /** What was carried over from another version, and how it reads now; left out for what was not. */
  readonly carried?: {
    readonly references: readonly CarriedReference[];
    readonly sections: Pick<WorksheetSections, "definition">;
  };
}

/**
 * What stops a submission, on the page as by the API: the eligibility gate, the rules, evidence that shows nothing, and
 * criteria without an answer. The gate is asked for itself, so that a rule that fails lets nothing past it; what it says
 * already, a rule need not say again.
 */
export function submissionBlockers(submitted: Submitted): readonly SubmissionBlocker[] {
  const { version, stops, outcomes, reasons, evidence, answers, sampled = [], carried } = submitted;
  const gate = gateBlockers(stops);
  const said = new Set(gate.map(({ message }) => message));
  return [
    ...gate,
    ...rigourBlockers(outcomes, reasons).filter(({ message }) => !said.has(message)),
    ...evidenceBlockers(evidence),
    ...answerBlockers(answers, version),
    ...sampleAnswerBlockers(answers, version, sampled),
    ...(carried ? referenceBlockers(carried.references, carried.sections) : []),
  ];
}
