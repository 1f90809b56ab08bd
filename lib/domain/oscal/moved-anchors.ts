import { itemsIn, itemWords } from "@/lib/domain/oscal/align-items";
import type { Attached, StandingWorksheet, WorksheetComparison } from "@/lib/domain/oscal/compare-worksheet";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A standing piece of evidence whose item says something else once a plan is taken in, or is there no more. */
export interface MovedAnchor {
  readonly title: string;
  /** What people call the item, as it stands. */
  readonly item: string;
  readonly becomes: "changed" | "gone";
}

/**
 * The evidence that would stand at an item which says something else, or at none, once a plan is taken in; in its order. What
 * leaves with its shared control, or is put elsewhere by the plan, is shown as such and not told here: also what is put
 * elsewhere only by the next import, for which the whole comparison is given.
 * @param nameOf what people call an item that stands
 */
export function movedAnchors(
  standing: Pick<StandingWorksheet, "parts" | "evidence">,
  { parts, evidence }: Pick<WorksheetComparison, "parts" | "evidence">,
  leaving: readonly Pick<Attached, "id">[],
  nameOf: (id: string) => string | null,
): readonly MovedAnchor[] {
  const changed = parts.filter(({ key }) => isSection(key));
  const before = wordsById(changed.map(({ key }) => [key as SectionKey, standing.parts[key].content]));
  const after = wordsById(changed.map(({ key, after: content }) => [key as SectionKey, content]));
  const told = new Set([
    ...leaving.map(({ id }) => id),
    ...evidence.flatMap(({ changes, before: was, after: is }) =>
      changes && was?.itemId !== is.itemId ? changes.id : [],
    ),
  ]);
  return standing.evidence.flatMap(({ id, itemId, title }): MovedAnchor[] => {
    const was = itemId === null ? undefined : before.get(itemId);
    if (itemId === null || was === undefined || told.has(id) || was === after.get(itemId)) return [];
    return [{ title, item: nameOf(itemId) ?? "an item", becomes: after.has(itemId) ? "changed" : "gone" }];
  });
}

function isSection(key: string): key is SectionKey {
  return (SECTION_KEYS as readonly string[]).includes(key);
}

function wordsById(contents: readonly (readonly [SectionKey, unknown])[]): ReadonlyMap<string, string> {
  // Each content is of the kind that its key says.
  return new Map(
    contents.flatMap(([key, content]) =>
      itemsIn(key, content as SectionContent<typeof key>).map((item): [string, string] => [item.id, itemWords(item)]),
    ),
  );
}
