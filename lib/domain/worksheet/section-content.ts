import type { RecordItems } from "@/lib/domain/records/model";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";
import { isRecordPart, type TextPartKey } from "@/lib/domain/worksheet/sections";

/** True when the section has narrative text or at least one item that says something. */
export function hasContent(sections: PartContents, key: TextPartKey): boolean {
  const content = sections[key];
  return content !== undefined && (!isNarrativeEmpty(content.narrative) || hasFilledItem(sections, key));
}

function hasFilledItem(sections: PartContents, key: TextPartKey): boolean {
  if (isRecordPart(key)) return hasFilledField(sections[key]?.items);
  const filled = (...texts: readonly string[]) => texts.some((text) => text.trim() !== "");
  switch (key) {
    // A scope item says where the worksheet applies, not what the constraint is, so it is no content of the row.
    case "constraints":
    case "objective":
      return false;
    case "definition":
      return sections.definition?.items.controls.some((item) => filled(item.title, item.description)) ?? false;
    case "identifiedRisk":
      return (
        sections.identifiedRisk?.items.risks.some((item) => filled(item.threat, item.asset, item.residual)) ?? false
      );
    case "validation":
      return sections.validation?.items.tests.some((item) => filled(item.method, item.sample, item.result)) ?? false;
    case "maintenance":
      return (
        sections.maintenance?.items.tasks.some((item) =>
          filled(item.task, item.monitoring, item.onFailure, item.onChange ?? ""),
        ) ?? false
      );
  }
}

/** A field that says something, or an entry that was added. */
function hasFilledField(items: RecordItems | undefined): boolean {
  return (
    items !== undefined &&
    Object.values(items).some((value) => (typeof value === "string" ? value.trim() !== "" : value.length > 0))
  );
}
