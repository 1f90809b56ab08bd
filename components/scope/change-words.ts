import type { ChangeKind, ScopeChange } from "@/lib/domain/keys/compare";
import type { ReadingName } from "@/lib/domain/keys/trigger";

const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  "newly triggered": "is newly triggered",
  "no longer triggered": "is no longer triggered",
  settled: "is certain now: triggered",
  reopened: "is an open question again",
  "reasons changed": "is triggered for other reasons",
};
const READING_WORDS: Readonly<Record<ReadingName, string>> = { article: "by the article", today: "today" };

/** Differences between two results as sentences, one for each row and reading. */
export function changeWords(changes: readonly ScopeChange[]): readonly string[] {
  return changes.map(({ row, reading, kind, added }) => {
    const because = added.length > 0 && kind !== "no longer triggered" ? `: ${added.join(" ")}` : ".";
    return `Row ${row} ${KIND_WORDS[kind]} ${READING_WORDS[reading]}${because}`;
  });
}
