import { diffWordsWithSpace } from "diff";
import type { TextRun } from "@/lib/domain/worksheet/diff-narrative";

/** The longest that comparing two texts may take, in milliseconds; what is too unlike is the old text and then the new one. */
const TIMEOUT = 200;
const MOST_EDITS = 400;

/** Compares two texts word by word. */
export function diffRuns(before: string, after: string): readonly TextRun[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout: TIMEOUT });
  if (parts) {
    return parts.map(({ value, added, removed }) => ({
      kind: added ? "added" : removed ? "removed" : "same",
      text: value,
    }));
  }
  const runs: readonly TextRun[] = [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];
  return runs.filter(({ text }) => text !== "");
}
