import type { SectionContent, SectionItems, WorksheetSections } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

const EMPTY_ITEMS: SectionItems = {
  constraints: { constraintType: "", scope: [] },
  definition: { controls: [] },
  objective: { objectiveRef: "" },
  identifiedRisk: { risks: [] },
  validation: { tests: [] },
  maintenance: { tasks: [], reviewDue: "", exitPlan: "" },
};

/** A section with nothing in it, as a new worksheet starts. */
export function emptySection<K extends SectionKey>(key: K): SectionContent<K> {
  return { narrative: EMPTY_NARRATIVE, items: EMPTY_ITEMS[key] };
}

/** All six sections with nothing in them. */
export function emptySections(): WorksheetSections {
  return {
    constraints: emptySection("constraints"),
    definition: emptySection("definition"),
    objective: emptySection("objective"),
    identifiedRisk: emptySection("identifiedRisk"),
    validation: emptySection("validation"),
    maintenance: emptySection("maintenance"),
  };
}
