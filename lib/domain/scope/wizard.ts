import { BOOLEAN_FACTS, NUMBER_FACTS, type ScopeFacts } from "@/lib/domain/keys/facts";
import { evaluateScope, type ScopeResult } from "@/lib/domain/keys/scope-result";
import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";
import { isAnswered, isAsked, type Question, type Step } from "@/lib/domain/scope/question";
import { FINAL_STEP, PEOPLE_STEP, TRAIL_STEP } from "@/lib/domain/scope/questions-account";
import { KEYS_STEP, LIFE_STEP, MATERIAL_STEP } from "@/lib/domain/scope/questions-keys";

/** The steps of the scope wizard in their order. */
export const STEPS: readonly Step[] = [KEYS_STEP, MATERIAL_STEP, LIFE_STEP, PEOPLE_STEP, TRAIL_STEP, FINAL_STEP];

/** How far a step, or the whole wizard, is. Only questions that are asked count. */
export interface Progress {
  readonly asked: number;
  readonly answered: number;
}

/** The questions asked, given the answers so far, in their order. */
export function askedQuestions(answers: ScopeAnswers, steps: readonly Step[] = STEPS): Question[] {
  return steps.flatMap((step) => step.questions).filter((question) => isAsked(question, answers));
}

/** Progress over all steps, or over one. */
export function progressOf(answers: ScopeAnswers, steps: readonly Step[] = STEPS): Progress {
  const asked = askedQuestions(answers, steps);
  return { asked: asked.length, answered: asked.filter(({ id }) => isAnswered(id, answers)).length };
}

/** Questions that are asked and were skipped, in their order. */
export function openQuestions(answers: ScopeAnswers): Question[] {
  return askedQuestions(answers).filter(({ id }) => !isAnswered(id, answers));
}

/** The next question after this one, or null at the end; with `null`, the first. Skipped questions are not skipped again. */
export function nextQuestion(answers: ScopeAnswers, after: AnswerName | null): Question | null {
  const all = STEPS.flatMap((step) => step.questions);
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  return all.slice(from).find((question) => isAsked(question, answers)) ?? null;
}

/** The question before this one, or null at the start. */
export function previousQuestion(answers: ScopeAnswers, before: AnswerName): Question | null {
  const all = STEPS.flatMap((step) => step.questions);
  const until = all.findIndex(({ id }) => id === before);
  return all.slice(0, Math.max(until, 0)).findLast((question) => isAsked(question, answers)) ?? null;
}

/** The facts that triggers turn on; the other answers are left out. */
export function toFacts(answers: ScopeAnswers): ScopeFacts {
  const names = [...BOOLEAN_FACTS, ...NUMBER_FACTS, "dataKeyRequesters", "importedExpiry"] as const;
  return Object.fromEntries(names.filter((name) => answers[name] !== undefined).map((name) => [name, answers[name]]));
}

/** What follows from the answers. */
export function resultOf(answers: ScopeAnswers): ScopeResult {
  return evaluateScope(answers.keyOptions ?? [], toFacts(answers));
}
