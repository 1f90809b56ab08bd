import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** What people call each item in a text, by its id: its label, such as C2, or the name of a scope item. */
export function itemLabels(sections: WorksheetSections): ReadonlyMap<string, string> {
  const items: readonly { readonly id: string; readonly label?: string; readonly name?: string }[] = [
    ...sections.constraints.items.scope,
    ...sections.definition.items.controls,
    ...sections.identifiedRisk.items.risks,
    ...sections.validation.items.tests,
    ...sections.maintenance.items.tasks,
  ];
  return new Map(items.map((item) => [item.id, item.label || item.name || "an item without a label"]));
}
