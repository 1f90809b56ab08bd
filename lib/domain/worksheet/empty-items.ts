import { ACCEPTANCE_CRITERIA } from "@/lib/domain/worksheet/criteria";
import type { PartItems } from "@/lib/domain/worksheet/model";
import type { CcwPartKey } from "@/lib/domain/worksheet/sections";

/** The items of each part of a worksheet with nothing in them; those of records follow from their shapes. */
export const EMPTY_ITEMS: Pick<PartItems, CcwPartKey> = {
  constraints: { constraintType: "", scope: [] },
  definition: { controls: [] },
  objective: { objectiveRef: "" },
  identifiedRisk: { risks: [] },
  validation: { tests: [] },
  maintenance: { tasks: [], reviewDue: "", exitPlan: "" },
  criteria: { answers: ACCEPTANCE_CRITERIA.map(({ id }) => ({ id, answer: "" })) },
};
