import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";

/** Answers of two people put together. */
export interface MergedAnswers {
  readonly answers: ScopeAnswers;
  /** Answers that both changed, and differently. Mine were kept. */
  readonly conflicts: readonly AnswerName[];
}

/** True when two answers say the same; lists of key options compare without order. */
export function sameAnswer(a: ScopeAnswers[AnswerName], b: ScopeAnswers[AnswerName]): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one) => b.includes(one));
  return a === b;
}

/**
 * Puts together what I changed and what somebody else saved, both from the same start: whoever changed an answer
 * decides on it; where both did, mine stays and is named.
 */
export function mergeAnswers(start: ScopeAnswers, mine: ScopeAnswers, theirs: ScopeAnswers): MergedAnswers {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])] as AnswerName[];
  const conflicts = names.filter(
    (name) =>
      !sameAnswer(mine[name], start[name]) &&
      !sameAnswer(theirs[name], start[name]) &&
      !sameAnswer(mine[name], theirs[name]),
  );
  const entries = names.map((name) => [name, sameAnswer(mine[name], start[name]) ? theirs[name] : mine[name]] as const);
  return { answers: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ScopeAnswers, conflicts };
}

/** The answers without those that are absent, as the API takes them. */
export function givenAnswers(answers: ScopeAnswers): ScopeAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)) as ScopeAnswers;
}
