import { idFrom } from "@/lib/cli/document/content";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";
import { ACCEPTANCE_CRITERIA } from "@/lib/domain/worksheet/criteria";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { type LabelPrefix, nextLabel } from "@/lib/domain/worksheet/labels";
import {
  CONSTRAINT_TYPES,
  CONTROL_NATURES,
  CONTROL_ORIGINS,
  RISK_LEVELS,
  SCOPE_ITEM_KINDS,
  TEST_OUTCOMES,
} from "@/lib/domain/worksheet/model";
import { isRecordPart, type PartKey } from "@/lib/domain/worksheet/sections";

/** What a new entry holds where its fields are left out. */
interface NewEntry {
  readonly prefix: LabelPrefix | null;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

const NEW: Readonly<Partial<Record<PartKey, NewEntry>>> = {
  constraints: { prefix: null, fields: { kind: "account", name: "", detail: "" } },
  definition: {
    prefix: "C",
    fields: {
      ...{ title: "", description: "", origin: "new", nature: "preventive" },
      ...{ requirementRef: "", aboveAndBeyond: "", owner: "" },
    },
  },
  identifiedRisk: {
    prefix: "R",
    fields: { threat: "", asset: "", likelihood: "", impact: "", residual: "", controlIds: [] },
  },
  validation: {
    prefix: "T",
    fields: {
      ...{ tester: "", testedOn: "", method: "", sample: "", outcome: "not_run", result: "", controlIds: [] },
    },
  },
  maintenance: { prefix: "M", fields: { task: "", owner: "", frequency: "", monitoring: "", onFailure: "" } },
};

const words = (values: readonly string[]) => values.join(", ");

/** What may stand in the fields of a part, as lines of a comment. */
export const FIELD_NOTES: Readonly<Partial<Record<PartKey, readonly string[]>>> = {
  constraints: [`constraintType: ${words(CONSTRAINT_TYPES)}, or empty`, `kind: ${words(SCOPE_ITEM_KINDS)}`],
  definition: [
    `origin: ${words(CONTROL_ORIGINS)} · nature: ${words(CONTROL_NATURES)}`,
    "optional: changedOn (YYYY-MM-DD)",
    "A control with a recordId is shared: title, description, nature, owner and changedOn are the register's. Edit them there.",
  ],
  identifiedRisk: [
    `likelihood and impact: ${words(RISK_LEVELS)}, or empty`,
    "controlIds: ids of controls, or their labels",
  ],
  validation: [
    `outcome: ${words(TEST_OUTCOMES)} · testedOn: YYYY-MM-DD, or empty`,
    "controlIds: ids of controls, or their labels",
  ],
  criteria: ACCEPTANCE_CRITERIA.map(({ id, text }) => `${id}: ${text}`),
  maintenance: ["optional in a task: onChange · reviewDue: YYYY-MM-DD, or empty"],
};

/** The name of the list that a part's fields hold; null where there is none. */
export function listNameOf(key: PartKey): string | null {
  const entry = Object.entries(emptySection(key).items).find(([, value]) => Array.isArray(value));
  return isRecordPart(key) && !RECORD_SHAPES[key].list ? null : (entry?.[0] ?? null);
}

/** Whether a part has anything beside its text. */
export function hasFields(key: PartKey): boolean {
  return listNameOf(key) !== null || Object.values(emptySection(key).items).some((value) => !Array.isArray(value));
}

function newEntryOf(key: PartKey): NewEntry | null {
  if (!isRecordPart(key)) return NEW[key] ?? null;
  const { list } = RECORD_SHAPES[key];
  return list && { prefix: list.prefix, fields: Object.fromEntries(list.fields.map(({ name }) => [name, ""])) };
}

/** A value of YAML that has names. */
export type Named = Record<string, unknown>;

/**
 * Gives entries without an id one, the next label, and what their kind begins with for fields that are left out.
 * @param place what makes the ids of this file differ from all others
 * @returns the entries, and whether any was new
 */
export function completeEntries(
  key: PartKey,
  entries: readonly unknown[],
  place: readonly string[],
): { readonly entries: readonly unknown[]; readonly added: boolean } {
  const make = newEntryOf(key);
  if (!make) return { entries, added: false };
  let added = false;
  const labels = entries.flatMap((one) => (isNamed(one) && typeof one.label === "string" ? [one.label] : []));
  const complete = entries.map((one, index) => {
    if (!isNamed(one) || (one.id !== undefined && one.id !== "")) return one;
    added = true;
    const label = make.prefix === null ? {} : { label: nextLabel(make.prefix, labels) };
    if (label.label && one.label === undefined) labels.push(label.label);
    return { ...make.fields, ...label, ...one, id: idFrom(...place, key, index, one) };
  });
  return { entries: complete, added };
}

/** True for an object of YAML, no list. */
export function isNamed(value: unknown): value is Named {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
