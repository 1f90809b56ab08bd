import type { DocumentProblem } from "@/lib/domain/oscal/read-poam";

/** The most problems of a document that are told: one that is wrong everywhere is wrong after the first fifty too. */
const MOST_PROBLEMS = 50;
/** The longest that the place of a problem, and what is wrong there, is told, in characters. */
const LONGEST = 500;

/** The first problems of a document, each within bounds, and how many more there are. */
export function fewProblems(problems: readonly DocumentProblem[]): DocumentProblem[] {
  const told = problems.slice(0, MOST_PROBLEMS).map(({ at, message }) => ({ at: cut(at), message: cut(message) }));
  const more = problems.length - told.length;
  if (more === 0) return told;
  return [...told, { at: "/", message: more === 1 ? "And 1 more problem." : `And ${more} more problems.` }];
}

function cut(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST).toWellFormed()}…`;
}
