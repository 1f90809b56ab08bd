import { type DisplayItem, type DisplaySection, same } from "@/components/review/display";
import type { Span } from "@/components/review/marks";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type AskedCriterion, criteriaOf } from "@/lib/domain/worksheet/criteria";
import type { FrozenAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { ItemChange } from "@/lib/domain/worksheet/diff-items";

/** Said of a criterion that the entity was not asked about, or has not answered yet. */
const NO_ANSWER = "Not answered.";

/** The answers to a version's criteria as the page shows them: one item for each criterion, in its order. */
export function plainCriteria(answers: readonly FrozenAnswer[] | undefined, version: StandardVersion): DisplaySection {
  return displayed(version, ({ id }) => {
    const text = answers?.find((one) => one.id === id)?.answer ?? "";
    return { status: "same", body: same(text.trim() === "" ? NO_ANSWER : text) };
  });
}

/** The same with what differs from an earlier text. */
export function markedCriteria(changes: readonly ItemChange<FrozenAnswer>[], version: StandardVersion): DisplaySection {
  return displayed(version, ({ id }) => {
    const change = changes.find((one) => (one.kind === "changed" ? one.after : one.item).id === id);
    if (!change) return { status: "same", body: same(NO_ANSWER) };
    if (change.kind !== "changed") return { status: change.kind, body: same(change.item.answer) };
    const runs = change.fields.find(({ field }) => field === "answer")?.runs;
    return { status: "changed", body: runs ?? same(change.after.answer) };
  });
}

function displayed(
  version: StandardVersion,
  answerOf: (criterion: AskedCriterion) => { readonly status: DisplayItem["status"]; readonly body: readonly Span[] },
): DisplaySection {
  const items = criteriaOf(version).map(
    (criterion): DisplayItem => ({
      id: criterion.id,
      label: `${criterion.number}.`,
      title: same(criterion.title),
      traits: [],
      facts: [],
      ...answerOf(criterion),
    }),
  );
  return { narrative: [], before: [], items, after: [] };
}
