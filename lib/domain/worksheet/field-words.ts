import { dayInWords } from "@/lib/domain/format-date";
import { recordFieldShape } from "@/lib/domain/records/parts";
import {
  CONSTRAINT_WORDS,
  NATURE_WORDS,
  ORIGIN_WORDS,
  OUTCOME_WORDS,
  RISK_LEVEL_WORDS,
  SCOPE_KIND_WORDS,
} from "@/lib/domain/worksheet/item-words";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";
import { PART_LABELS } from "@/lib/domain/worksheet/sections";

const FIELD_LABELS: Readonly<Record<string, string>> = {
  constraintType: "Type of constraint",
  objectiveRef: "Objective taken from",
  reviewDue: "Next review due",
  exitPlan: "Exit plan",
  kind: "Kind",
  name: "Name",
  detail: "Detail",
  label: "Label",
  title: "Title",
  description: "Description",
  origin: "Origin",
  nature: "Nature",
  requirementRef: "Also owed for",
  aboveAndBeyond: "Above and beyond",
  owner: "Owner",
  threat: "Threat",
  asset: "Asset",
  likelihood: "Likelihood",
  impact: "Impact",
  residual: "What is left",
  answer: "Answer",
  reason: "Reason",
  message: "Warning",
  number: "Number",
  controlIds: "Controls",
  tester: "Tester",
  testedOn: "Tested on",
  method: "Method",
  sample: "Sample",
  outcome: "Outcome",
  result: "Result",
  task: "Task",
  frequency: "Frequency",
  monitoring: "Monitoring",
  onFailure: "On failure",
  onChange: "Looked at anew on",
  changedOn: "Last changed on",
  recordId: "Register",
  section: "Section",
  itemId: "Attached to",
  url: "Address",
  shows: "What it shows",
  files: "Files",
  collectedOn: "Collected on",
  validUntil: "Valid until",
  standardVersion: "PCI DSS version",
  requirementNumber: "Requirement",
  requirementTitle: "Requirement title",
  entityName: "Entity",
  engagementName: "Engagement",
};

const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  constraintType: CONSTRAINT_WORDS,
  kind: SCOPE_KIND_WORDS,
  origin: ORIGIN_WORDS,
  nature: NATURE_WORDS,
  likelihood: RISK_LEVEL_WORDS,
  impact: RISK_LEVEL_WORDS,
  outcome: OUTCOME_WORDS,
  section: PART_LABELS,
};

const DAYS: readonly string[] = ["testedOn", "changedOn", "reviewDue", "collectedOn", "validUntil"];

/** How a field of a section, an item or an evidence link is called on the page. */
export function fieldLabel(field: string): string {
  return FIELD_LABELS[field] ?? recordFieldShape(field)?.label ?? field;
}

/**
 * A field's value in words. Ids of items are resolved by `nameOf`, which says null for one that is gone;
 * nothing is written as an empty string.
 */
export function fieldText(field: string, value: unknown, nameOf: (id: string) => string | null): string {
  if (field === "files") return filesText(value);
  if (Array.isArray(value)) return value.map((id) => nameOf(String(id)) ?? "an item that is gone").join(", ");
  if (value === null || value === undefined || value === "") return "";
  const text = String(value);
  if (field === "itemId") return nameOf(text) ?? "an item that is gone";
  if (field === "recordId") return "a shared control";
  if (DAYS.includes(field) || recordFieldShape(field)?.input === "day") return dayInWords(text);
  return VALUE_WORDS[field]?.[text] ?? text;
}

/** Each file with the beginning of its digest, so that a changed file of the same name shows as one. */
function filesText(value: unknown): string {
  const files = Array.isArray(value) ? (value as readonly EvidenceFileEntry[]) : [];
  return files.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256.slice(0, 12)}…)`).join(", ");
}
