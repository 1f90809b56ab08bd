import { relabelNewItems } from "@/components/worksheet/merge/relabel";
import { isSame } from "@/lib/domain/same";
import { type MergePart, mergeWithChoices, type Side } from "@/lib/domain/worksheet/merge";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { BlockNode, Narrative } from "@/lib/domain/worksheet/narrative";
import { putTogether, type SectionItem, takeApart } from "@/lib/domain/worksheet/section-shape";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** What was chosen for a part that both sides changed: a side, both, or a text of one's own. */
export type Choice = { readonly take: Side | "both" } | { readonly take: "edited"; readonly value: unknown };

/** Choices by the id of their part. */
export type Choices = Readonly<Record<string, Choice>>;

/** Free text of several lines, where both texts can stand one after the other. */
const LONG_FIELDS: readonly string[] = [
  "objectiveRef",
  "exitPlan",
  "detail",
  "description",
  "aboveAndBeyond",
  "threat",
  "residual",
  "method",
  "sample",
  "result",
  "task",
  "monitoring",
  "onFailure",
  "onChange",
  "answer",
];

/** True when both sides' versions of a part can be kept together. */
export function canTakeBoth(part: MergePart): boolean {
  if (part.kind === "narrative" || part.field === "controlIds") return true;
  return part.field !== null && LONG_FIELDS.includes(part.field);
}

/** True when a part is a text that can be rewritten in the merge. */
export function canEdit(part: MergePart): boolean {
  return part.kind === "narrative" || (part.field !== null && LONG_FIELDS.includes(part.field));
}

/** Both versions of a part: the other's first, then what only mine has. */
export function bothOf(part: MergePart): unknown {
  if (part.kind === "narrative") return bothNarratives(part.theirs as Narrative, part.mine as Narrative);
  if (part.field === "controlIds") {
    return [...new Set([...(part.theirs as readonly string[]), ...(part.mine as readonly string[])])];
  }
  return [part.theirs, part.mine]
    .map((text) => String(text ?? ""))
    .filter(Boolean)
    .join("\n\n");
}

/** The value that a choice gives a part. */
export function chosenValue(part: MergePart, choice: Choice): unknown {
  if (choice.take === "edited") return choice.value;
  return choice.take === "both" ? bothOf(part) : part[choice.take];
}

/** The section as the choices make it. Every part that both sides changed needs one. */
export function mergeByChoices(
  key: PartKey,
  base: SectionContent,
  mine: SectionContent,
  theirs: SectionContent,
  parts: readonly MergePart[],
  choices: Choices,
): SectionContent {
  const sides = Object.fromEntries(
    Object.entries(choices).map(([id, { take }]): [string, Side] => [id, take === "theirs" ? "theirs" : "mine"]),
  );
  const merged = mergeWithChoices(key, base, mine, theirs, sides);
  const own = parts.filter(({ id }) => choices[id]?.take === "both" || choices[id]?.take === "edited");
  const content = own.reduce<SectionContent>((all, part) => {
    const choice = choices[part.id];
    return choice ? withPart(key, all, part, chosenValue(part, choice)) : all;
  }, merged);
  return relabelNewItems(key, theirs, content);
}

function withPart(key: PartKey, content: SectionContent, part: MergePart, value: unknown): SectionContent {
  const shape = takeApart(key, content);
  if (part.kind === "narrative") return putTogether(key, { ...shape, narrative: value as Narrative });
  if (part.field === null) return content;
  if (part.kind === "field") {
    return putTogether(key, { ...shape, fields: { ...shape.fields, [part.field]: String(value) } });
  }
  const field = part.field;
  const items = shape.items.map((item) =>
    item.id === part.item?.id ? ({ ...item, [field]: value } as SectionItem) : item,
  );
  return putTogether(key, { ...shape, items });
}

function bothNarratives(theirs: Narrative, mine: Narrative): Narrative {
  const onlyMine = mine.content.filter((block: BlockNode) => !theirs.content.some((other) => isSame(block, other)));
  return { type: "doc", content: [...theirs.content, ...onlyMine] };
}
