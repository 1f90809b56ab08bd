import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** True when the section has narrative text or at least one item that says something. */
export function hasContent(sections: WorksheetSections, key: SectionKey): boolean {
  return !isNarrativeEmpty(sections[key].narrative) || hasFilledItem(sections, key);
}

function hasFilledItem(sections: WorksheetSections, key: SectionKey): boolean {
  const filled = (...texts: readonly string[]) => texts.some((text) => text.trim() !== "");
  switch (key) {
    // A scope item says where the worksheet applies, not what the constraint is, so it is no content of the row.
    case "constraints":
    case "objective":
      return false;
    case "definition":
      return sections.definition.items.controls.some((item) => filled(item.title, item.description));
    case "identifiedRisk":
      return sections.identifiedRisk.items.risks.some((item) => filled(item.threat, item.asset, item.residual));
    case "validation":
      return sections.validation.items.tests.some((item) => filled(item.method, item.sample, item.result));
    case "maintenance":
      return sections.maintenance.items.tasks.some((item) =>
        filled(item.task, item.monitoring, item.onFailure, item.onChange ?? ""),
      );
  }
}
