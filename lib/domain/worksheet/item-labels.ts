import { RECORD_PART_KEYS } from "@/lib/domain/records/keys";
import { recordEntry } from "@/lib/domain/records/outline";
import type { PartContents } from "@/lib/domain/worksheet/model";

/** What people call each item in a text, by its id: its label, such as C2, or the name of a scope item. */
export function itemLabels(sections: PartContents): ReadonlyMap<string, string> {
  const items: readonly { readonly id: string; readonly label?: string; readonly name?: string }[] = [
    ...(sections.constraints?.items.scope ?? []),
    ...(sections.definition?.items.controls ?? []),
    ...(sections.identifiedRisk?.items.risks ?? []),
    ...(sections.validation?.items.tests ?? []),
    ...(sections.maintenance?.items.tasks ?? []),
  ];
  const own = items.map((item) => [item.id, item.label || item.name || "an item without a label"] as const);
  return new Map([...own, ...entryNames(sections)]);
}

/** What people call each entry of a record's parts, by its id. */
export function entryNames(sections: PartContents): readonly (readonly [string, string])[] {
  return RECORD_PART_KEYS.flatMap((key) =>
    (sections[key]?.items.entries ?? []).map(
      ({ id, label }) => [id, label || `a ${recordEntry(key)?.word ?? "entry"}`] as const,
    ),
  );
}
