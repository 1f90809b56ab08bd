import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type CriterionId, criteriaOf } from "@/lib/domain/worksheet/criteria";

/** What the entity answers to a criterion, in plain text; empty while nothing is written. */
export interface CriterionAnswer {
  readonly id: CriterionId;
  readonly answer: string;
}

/** An answer as a revision freezes it, with the criterion's number in the version's Appendix B. */
export interface FrozenAnswer extends CriterionAnswer {
  readonly number: string;
}

/** The most characters of an answer. */
export const LONGEST_ANSWER = 20_000;

/** What is answered to a criterion; empty when nothing is. */
export function answerTo(answers: readonly CriterionAnswer[], id: CriterionId): string {
  return answers.find((one) => one.id === id)?.answer ?? "";
}

/** The answers with one of them changed; the others stay as they are. */
export function withAnswer(
  answers: readonly CriterionAnswer[],
  id: CriterionId,
  answer: string,
): readonly CriterionAnswer[] {
  if (!answers.some((one) => one.id === id)) return [...answers, { id, answer }];
  return answers.map((one) => (one.id === id ? { ...one, answer } : one));
}

/** The answers to a version's criteria, in its order, as they are frozen; what another version asks is left out. */
export function frozenAnswers(answers: readonly CriterionAnswer[], version: StandardVersion): readonly FrozenAnswer[] {
  return criteriaOf(version).map(({ id, number }) => ({ id, number, answer: answerTo(answers, id) }));
}

/** The criteria of a version to which nothing is answered; white space is no answer. */
export function unanswered(answers: readonly CriterionAnswer[], version: StandardVersion): readonly CriterionId[] {
  return criteriaOf(version).flatMap(({ id }) => (answerTo(answers, id).trim() === "" ? [id] : []));
}
