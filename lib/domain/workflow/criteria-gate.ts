import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { SubmissionBlocker } from "@/lib/domain/workflow/submission";
import { type CriterionId, criteriaOf, criterionName } from "@/lib/domain/worksheet/criteria";
import { answerTo, type CriterionAnswer, unanswered } from "@/lib/domain/worksheet/criteria-answers";
import { CRITERIA_PART } from "@/lib/domain/worksheet/sections";

/** What the decider finds of a criterion. A question is open until another outcome takes its place. */
export const CRITERION_OUTCOMES = ["met", "not_met", "question"] as const;
export type CriterionOutcome = (typeof CRITERION_OUTCOMES)[number];

/** How an outcome is called. */
export const OUTCOME_LABELS: Readonly<Record<CriterionOutcome, string>> = {
  met: "Met",
  not_met: "Not met",
  question: "Question",
};

/** What was decided over a criterion. */
export interface JudgedCriterion {
  readonly criterion: CriterionId;
  readonly outcome: CriterionOutcome;
}

/** Whether an outcome has to be explained: whoever must act on it is told why. */
export function needsNote(outcome: CriterionOutcome): boolean {
  return outcome !== "met";
}

/** How far a revision is decided: a question counts as not decided yet. */
export interface CriteriaTally {
  readonly decided: number;
  readonly met: number;
  readonly total: number;
}

/** Counts what is decided of a version's criteria. */
export function tallyCriteria(judged: readonly JudgedCriterion[], version: StandardVersion): CriteriaTally {
  const outcomes = criteriaOf(version).map(({ id }) => outcomeOf(judged, id));
  return {
    decided: outcomes.filter((one) => one === "met" || one === "not_met").length,
    met: outcomes.filter((one) => one === "met").length,
    total: outcomes.length,
  };
}

function outcomeOf(judged: readonly JudgedCriterion[], id: CriterionId): CriterionOutcome | null {
  return judged.find(({ criterion }) => criterion === id)?.outcome ?? null;
}

/** What stops a submission among the criteria, in their order: each has to be answered. Source: facts 1.2. */
export function answerBlockers(
  answers: readonly CriterionAnswer[],
  version: StandardVersion,
): readonly SubmissionBlocker[] {
  return unanswered(answers, version).map((id) => ({
    section: CRITERIA_PART,
    itemId: id,
    code: "criterion_unanswered",
    message: `${criterionName(id, version)} is not answered. Say in a few sentences why the controls pass it.`,
  }));
}

/** Answers that came with a sample and are still its own words: they argue for somebody else's controls. */
export function sampleAnswerBlockers(
  answers: readonly CriterionAnswer[],
  version: StandardVersion,
  sample: readonly CriterionAnswer[],
): readonly SubmissionBlocker[] {
  return criteriaOf(version).flatMap(({ id }): SubmissionBlocker[] => {
    const [answer, taken] = [answerTo(answers, id).trim(), answerTo(sample, id).trim()];
    if (answer === "" || answer !== taken) return [];
    const message = `The answer to ${criterionName(id, version)} is the sample's. Say why your own controls pass it.`;
    return [{ section: CRITERIA_PART, itemId: id, code: "criterion_copied", message }];
  });
}

/** One criterion that stands in the way of a signature. */
export interface SignatureBlocker {
  readonly section: typeof CRITERIA_PART;
  readonly itemId: CriterionId;
  readonly message: string;
}

const IN_THE_WAY: Readonly<Record<CriterionOutcome | "open", string>> = {
  open: "is not decided yet.",
  question: "is still a question. Decide it once it is answered.",
  not_met: "is not met. Ask for changes, or refuse.",
  met: "",
};

/** What stops a signature among the criteria, in their order: each has to be decided, and met. */
export function criteriaInTheWay(
  judged: readonly JudgedCriterion[],
  version: StandardVersion,
): readonly SignatureBlocker[] {
  return criteriaOf(version).flatMap(({ id }) => {
    const outcome = outcomeOf(judged, id) ?? "open";
    if (outcome === "met") return [];
    const message = `${criterionName(id, version)} ${IN_THE_WAY[outcome]}`;
    return [{ section: CRITERIA_PART, itemId: id, message }];
  });
}

/** Why nobody can sign, in one sentence that counts; null when every criterion is met. */
export function whyNotSigned(judged: readonly JudgedCriterion[], version: StandardVersion): string | null {
  const outcomes = criteriaInTheWay(judged, version).map(({ itemId }) => outcomeOf(judged, itemId));
  if (outcomes.length === 0) return null;
  const count = (wanted: CriterionOutcome | null) => outcomes.filter((one) => one === wanted).length;
  const parts = [
    [count(null), "not decided"],
    [count("question"), "a question"],
    [count("not_met"), "not met"],
  ] as const;
  const words = parts.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}`);
  return `Every criterion has to be met first (${words.join(", ")}).`;
}

/**
 * Whether what was decided on an earlier revision may be offered again: only where the entity answers the same, to the
 * letter. Whoever decides still has to say so.
 */
export function isAnsweredAlike(
  then: readonly CriterionAnswer[] | undefined,
  now: readonly CriterionAnswer[] | undefined,
  id: CriterionId,
): boolean {
  return then !== undefined && now !== undefined && answerTo(then, id) === answerTo(now, id);
}
