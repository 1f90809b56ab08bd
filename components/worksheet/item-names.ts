import { recordEntry } from "@/lib/domain/records/outline";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { isRecordPart, type TextPartKey } from "@/lib/domain/worksheet/sections";

/** The items of one section by id with what people call them, in the order of the page. */
export function itemNamesOf(sections: PartContents, key: TextPartKey): ReadonlyMap<string, string> {
  const named = (label: string, text: string) =>
    [label, text.split("\n", 1)[0]?.slice(0, 60)].filter(Boolean).join(" · ");
  if (isRecordPart(key)) {
    const nameField = recordEntry(key)?.nameField ?? "";
    const entries = sections[key]?.items.entries ?? [];
    return new Map(entries.map((entry) => [entry.id, named(entry.label, entry[nameField] ?? "")]));
  }
  switch (key) {
    case "constraints":
      return new Map((sections.constraints?.items.scope ?? []).map(({ id, name }) => [id, name]));
    case "definition":
      return new Map(
        (sections.definition?.items.controls ?? []).map(({ id, label, title }) => [id, named(label, title)]),
      );
    case "objective":
      return new Map();
    case "identifiedRisk":
      return new Map(
        (sections.identifiedRisk?.items.risks ?? []).map(({ id, label, threat }) => [id, named(label, threat)]),
      );
    case "validation":
      return new Map(
        (sections.validation?.items.tests ?? []).map(({ id, label, method }) => [id, named(label, method)]),
      );
    case "maintenance":
      return new Map((sections.maintenance?.items.tasks ?? []).map(({ id, label, task }) => [id, named(label, task)]));
  }
}
