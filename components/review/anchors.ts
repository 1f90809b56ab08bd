import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { SECTION_LABELS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A part of the page that threads belong to: a section, or (null) the worksheet as a whole. */
export type Part = SectionKey | null;

/** What a thread is about: the worksheet as a whole, a section, or an item of a section. */
export interface ThreadAnchor {
  readonly section: Part;
  readonly itemId: string | null;
}

/** What people call the items of a worksheet, by id: label and title, such as `C2 · Sign-in alone is worthless`. */
export function itemNames(sections: WorksheetSections): ReadonlyMap<string, string> {
  const { constraints, definition, identifiedRisk, validation, maintenance } = sections;
  const join = (...parts: readonly string[]) => parts.filter((part) => part !== "").join(" · ");
  return new Map([
    ...constraints.items.scope.map(({ id, name }) => [id, name] as const),
    ...definition.items.controls.map(({ id, label, title }) => [id, join(label, title)] as const),
    ...identifiedRisk.items.risks.map(({ id, label }) => [id, label] as const),
    ...validation.items.tests.map(({ id, label }) => [id, label] as const),
    ...maintenance.items.tasks.map(({ id, label }) => [id, label] as const),
  ]);
}

/** The anchor in words. An item that the shown text no longer has is said to be gone. */
export function anchorName(anchor: ThreadAnchor, names: ReadonlyMap<string, string>): string {
  if (anchor.section === null) return "Whole worksheet";
  if (anchor.itemId === null) return SECTION_LABELS[anchor.section];
  return names.get(anchor.itemId) || "An item that is no longer there";
}
