import { diffWordsWithSpace } from "diff";

/** A run of text in a comparison: in both, or only in the one that is shown. */
export interface WordRun {
  readonly text: string;
  readonly own: boolean;
}

/** Two texts with what each has alone. */
export interface WordDiff {
  readonly left: readonly WordRun[];
  readonly right: readonly WordRun[];
}

/** The longest that comparing may take, in milliseconds; texts without anything in common are slow to compare. */
const TIMEOUT = 400;

/** Compares two texts word by word; texts that take too long count as wholly different. */
export function diffWords(left: string, right: string): WordDiff {
  const changes = diffWordsWithSpace(left, right, { timeout: TIMEOUT });
  if (!changes) return { left: [{ text: left, own: true }], right: [{ text: right, own: true }] };
  return {
    left: changes.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, own: removed })),
    right: changes.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, own: added })),
  };
}
