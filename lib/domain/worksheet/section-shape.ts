import { RECORD_PART_KEYS, type RecordPartKey } from "@/lib/domain/records/keys";
import type { RecordEntry } from "@/lib/domain/records/model";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type {
  Control,
  ControlTest,
  MaintenanceTask,
  PartItems,
  Risk,
  ScopeItem,
  SectionContent,
} from "@/lib/domain/worksheet/model";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** A structured item of any section. */
export type SectionItem = ScopeItem | Control | Risk | ControlTest | MaintenanceTask | CriterionAnswer | RecordEntry;

/** A section taken apart: its text, its single fields by name, and its items in their order. */
export interface SectionShape {
  readonly narrative: Narrative;
  readonly fields: Readonly<Record<string, string>>;
  readonly items: readonly SectionItem[];
}

const LISTS: Readonly<Record<PartKey, string | null>> = {
  constraints: "scope",
  definition: "controls",
  objective: null,
  identifiedRisk: "risks",
  validation: "tests",
  maintenance: "tasks",
  criteria: "answers",
  ...(Object.fromEntries(RECORD_PART_KEYS.map((key) => [key, "entries"])) as Record<RecordPartKey, "entries">),
};

/** Takes a section apart, so that differences and merges treat all parts alike. */
export function takeApart<K extends PartKey>(key: K, content: SectionContent<K>): SectionShape {
  const list = LISTS[key];
  const entries = Object.entries(content.items);
  // The model says it: beside the one list, every field of a section is a string.
  const fields = Object.fromEntries(entries.filter(([name]) => name !== list)) as Readonly<Record<string, string>>;
  const items = entries.find(([name]) => name === list)?.[1] as readonly SectionItem[] | undefined;
  return { narrative: content.narrative, fields, items: items ?? [] };
}

/** Puts a section together again; the inverse of `takeApart`. */
export function putTogether<K extends PartKey>(key: K, shape: SectionShape): SectionContent<K> {
  const list = LISTS[key];
  const items = list === null ? shape.fields : { ...shape.fields, [list]: shape.items };
  return { narrative: shape.narrative, items: items as unknown as PartItems[K] };
}
