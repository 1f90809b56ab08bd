import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import { fieldLabel, fieldText } from "@/lib/domain/worksheet/field-words";
import type { MergePart } from "@/lib/domain/worksheet/merge";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import type { SectionItem } from "@/lib/domain/worksheet/section-shape";

/** Names an item by its id, null for one that is gone. */
export type NameOf = (id: string) => string | null;

/** What a part is, in words: `Text`, `Exit plan`, `C2 · Session gate: description`. */
export function partTitle(part: MergePart): string {
  if (part.kind === "narrative") return "Text";
  const item = part.item ? itemTitle(part.item) : "";
  if (part.kind === "item") return item;
  return item ? `${item}: ${fieldLabel(part.field ?? "").toLowerCase()}` : fieldLabel(part.field ?? "");
}

function itemTitle(item: SectionItem): string {
  if (isAnswer(item)) return CRITERION_TITLES[item.id];
  const text = "title" in item ? item.title : "name" in item ? item.name : "";
  return [("label" in item && item.label) || "", text].filter(Boolean).join(" · ") || "Item";
}

function isAnswer(item: SectionItem): item is CriterionAnswer {
  return "answer" in item;
}

/** A side's version of a part as plain text; null when the side does not have it. */
export function partText(part: MergePart, value: unknown, nameOf: NameOf): string | null {
  if (value === null || value === undefined) return null;
  if (part.kind === "narrative") return narrativeText(value as Narrative);
  if (part.kind !== "item") return fieldText(part.field ?? "", value, nameOf);
  return Object.entries(value)
    .filter(([field]) => field !== "id")
    .map(([field, one]) => [fieldLabel(field), fieldText(field, one, nameOf)])
    .filter(([, text]) => text !== "")
    .map(([label, text]) => `${label}: ${text}`)
    .join("\n");
}
