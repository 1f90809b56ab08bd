import { ACCEPTANCE_CRITERIA } from "@/lib/domain/worksheet/criteria";
import type { PartItems, SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import type { PartKey } from "@/lib/domain/worksheet/sections";

const EMPTY_ITEMS: PartItems = {
  constraints: { constraintType: "", scope: [] },
  definition: { controls: [] },
  objective: { objectiveRef: "" },
  identifiedRisk: { risks: [] },
  validation: { tests: [] },
  maintenance: { tasks: [], reviewDue: "", exitPlan: "" },
  criteria: { answers: ACCEPTANCE_CRITERIA.map(({ id }) => ({ id, answer: "" })) },
};

/** A section with nothing in it, as a new worksheet starts. */
export function emptySection<K extends PartKey>(key: K): SectionContent<K> {
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
