import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** A risk or test that points at a control which is no longer listed. */
export interface DanglingReference {
  readonly section: "identifiedRisk" | "validation";
  readonly itemId: string;
  readonly label: string;
  readonly controlIds: readonly string[];
}

/**
 * References to controls that are gone. Sections are saved apart, so one person may remove a control while another
 * names it; nothing is dropped for that, it is shown.
 */
export function danglingReferences(sections: WorksheetSections): readonly DanglingReference[] {
  const known = new Set(sections.definition.items.controls.map((control) => control.id));
  const lists = [
    ["identifiedRisk", sections.identifiedRisk.items.risks],
    ["validation", sections.validation.items.tests],
  ] as const;
  return lists.flatMap(([section, list]) =>
    list
      .map(({ id, label, controlIds }) => ({
        section,
        itemId: id,
        label,
        controlIds: controlIds.filter((controlId) => !known.has(controlId)),
      }))
      .filter((reference) => reference.controlIds.length > 0),
  );
}
