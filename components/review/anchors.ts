import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { entryNames } from "@/lib/domain/worksheet/item-labels";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** A part of the page that threads belong to: a section, or (null) the worksheet as a whole. */
export type Part = PartKey | null;

/** What a thread is about: the worksheet as a whole, a section, or an item of a section. */
export interface ThreadAnchor {
  readonly section: Part;
  readonly itemId: string | null;
}

/** What people call the items of a worksheet, by id: label and title, such as `C2 · Sign-in alone is worthless`; and its criteria. */
export function itemNames(sections: PartContents): ReadonlyMap<string, string> {
  const { constraints, definition, identifiedRisk, validation, maintenance } = sections;
  const join = (...parts: readonly string[]) => parts.filter((part) => part !== "").join(" · ");
  return new Map([
    ...(constraints?.items.scope ?? []).map(({ id, name }) => [id, name] as const),
    ...(definition?.items.controls ?? []).map(({ id, label, title }) => [id, join(label, title)] as const),
    ...(identifiedRisk?.items.risks ?? []).map(({ id, label }) => [id, label] as const),
    ...(validation?.items.tests ?? []).map(({ id, label }) => [id, label] as const),
    ...(maintenance?.items.tasks ?? []).map(({ id, label }) => [id, label] as const),
    ...entryNames(sections),
    ...Object.entries(CRITERION_TITLES),
  ]);
}

/** The anchor in words. An item that the shown text no longer has is said to be gone. */
export function anchorName(anchor: ThreadAnchor, names: ReadonlyMap<string, string>): string {
  if (anchor.section === null) return "Whole worksheet";
  if (anchor.itemId === null) return PART_LABELS[anchor.section];
  return names.get(anchor.itemId) || "An item that is no longer there";
}
