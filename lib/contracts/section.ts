import { z } from "zod";
import { narrativeSchema } from "@/lib/contracts/narrative";
import { calendarDay, rowVersion, text, uuid, webAddressOrNone } from "@/lib/contracts/text";
import type { RecordPartKey } from "@/lib/domain/records/keys";
import type { RecordItems } from "@/lib/domain/records/model";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";
import type { RecordFieldShape } from "@/lib/domain/records/shape";
import { LONGEST_REFERENCE } from "@/lib/domain/worksheet/carried-reference";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import { LONGEST_ANSWER } from "@/lib/domain/worksheet/criteria-answers";
import {
  CONSTRAINT_TYPES,
  CONTROL_NATURES,
  CONTROL_ORIGINS,
  type PartItems,
  RISK_LEVELS,
  SCOPE_ITEM_KINDS,
  type SectionContent,
  TEST_OUTCOMES,
} from "@/lib/domain/worksheet/model";
import { type CcwPartKey, isRecordPart, PART_KEYS, type PartKey } from "@/lib/domain/worksheet/sections";

const LONG = 20_000;
const id = uuid;
const label = text(20);
const line = text(300);
const dayOrEmpty = z.union([z.literal(""), calendarDay]);

/** Items of a section have distinct ids, so that comments and evidence point at one thing. */
function items<T extends z.ZodType<{ id: string }>>(item: T, max = 200) {
  return z
    .array(item)
    .max(max, `At most ${max} entries.`)
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, "Two entries have the same id.");
}
const refs = z.array(id).max(200);

const scopeItem = z.strictObject({ id, kind: z.enum(SCOPE_ITEM_KINDS), name: line, detail: text(LONG) });
const control = z.strictObject({
  id,
  label,
  title: line,
  description: text(LONG),
  origin: z.enum(CONTROL_ORIGINS),
  nature: z.enum(CONTROL_NATURES),
  requirementRef: text(LONGEST_REFERENCE),
  aboveAndBeyond: text(LONG),
  owner: line,
  changedOn: dayOrEmpty.optional(),
  recordId: id.optional(),
});
const level = z.enum([...RISK_LEVELS, ""]);
const risk = z.strictObject({
  id,
  label,
  threat: text(LONG),
  asset: text(LONG),
  likelihood: level,
  impact: level,
  residual: text(LONG),
  controlIds: refs,
});
const test = z.strictObject({
  id,
  label,
  tester: line,
  testedOn: dayOrEmpty,
  method: text(LONG),
  sample: text(LONG),
  outcome: z.enum(TEST_OUTCOMES),
  result: text(LONG),
  controlIds: refs,
});
const task = z.strictObject({
  id,
  label,
  task: text(LONG),
  owner: line,
  frequency: line,
  monitoring: text(LONG),
  onFailure: text(LONG),
  onChange: text(LONG).optional(),
});

const answer = z.strictObject({ id: z.enum(CRITERION_IDS), answer: text(LONGEST_ANSWER) });

const itemSchemas = {
  constraints: z.strictObject({ constraintType: z.enum([...CONSTRAINT_TYPES, ""]), scope: items(scopeItem) }),
  definition: z.strictObject({ controls: items(control) }),
  objective: z.strictObject({ objectiveRef: text(LONG) }),
  identifiedRisk: z.strictObject({ risks: items(risk) }),
  validation: z.strictObject({ tests: items(test) }),
  maintenance: z.strictObject({ tasks: items(task), reviewDue: dayOrEmpty, exitPlan: text(LONG) }),
  criteria: z.strictObject({ answers: items(answer, CRITERION_IDS.length) }),
} satisfies { [K in CcwPartKey]: z.ZodType<PartItems[K]> };

/** What a field of a record takes, by how it is filled; any may be empty while drafting. */
const recordInputs = { line, text: text(LONG), day: dayOrEmpty, link: webAddressOrNone };

function fieldSchemas(fields: readonly RecordFieldShape[]) {
  return Object.fromEntries(fields.map(({ name, input }) => [name, recordInputs[input]]));
}

/** The items of a part of a record, strictly as its shape gives them. */
function recordItems(key: RecordPartKey): z.ZodType<RecordItems> {
  const { fields, list } = RECORD_SHAPES[key];
  const entry = z.strictObject({ id, label, ...fieldSchemas(list?.fields ?? []) });
  const entries = items(entry as unknown as z.ZodType<{ id: string }>, list ? 200 : 0);
  return z.strictObject({ ...fieldSchemas(fields), entries }) as unknown as z.ZodType<RecordItems>;
}

function itemsSchema(key: PartKey): z.ZodType {
  return isRecordPart(key) ? recordItems(key) : itemSchemas[key];
}

const noNarrative = narrativeSchema.refine(
  ({ content }) => content.length === 0,
  "Answers to criteria have no text of their own.",
);

/** The content of one section, or of the answers to the criteria, by its key. */
export function sectionContentSchema<K extends PartKey>(key: K): z.ZodType<SectionContent<K>> {
  const narrative = key === "criteria" ? noNarrative : narrativeSchema;
  return z.strictObject({ narrative, items: itemsSchema(key) }) as unknown as z.ZodType<SectionContent<K>>;
}

/** The name of a section, or of the answers to the criteria, in an address. */
export const partKey = z.enum(PART_KEYS);

/** Body of `PUT /worksheets/{id}/sections/{section}`: the whole section over the version it was written on. */
export function saveSectionInput<K extends PartKey>(key: K) {
  return z.strictObject({
    baseVersion: rowVersion,
    content: sectionContentSchema(key),
    // Said by somebody who was asked whether the text holds card numbers.
    acknowledgeCardNumber: z.boolean().optional(),
  });
}

/** A section as stored. Version 0 has never been written. */
export interface SectionDto<K extends PartKey = PartKey> {
  readonly worksheetId: string;
  readonly key: K;
  readonly version: number;
  readonly content: SectionContent<K>;
  /** ISO instants. */
  readonly updatedAt: string;
  readonly updatedBy: PersonRef | null;
}

/** A person as others see them. */
export interface PersonRef {
  readonly id: string;
  readonly name: string;
}
