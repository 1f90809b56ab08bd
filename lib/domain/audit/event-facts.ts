import { ROLE_WORDS } from "@/lib/domain/audit/role-words";
import { FILE_KINDS } from "@/lib/domain/evidence/file-kinds";
import { dayInWords } from "@/lib/domain/format-date";
import { RIGOUR_SETTING_NAMES, RIGOUR_SETTING_WORDS } from "@/lib/domain/rigour/settings";
import { STEPS } from "@/lib/domain/scope/wizard";
import { POLICY_NAMES } from "@/lib/domain/security/policy";
import { POLICY_WORDS } from "@/lib/domain/security/policy-words";
import { OUTCOME_LABELS } from "@/lib/domain/workflow/criteria-gate";
import { DISPOSITION_LABELS } from "@/lib/domain/workflow/dispositions";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { PART_LABELS } from "@/lib/domain/worksheet/sections";

/** A named thing that an event tells, with what it was before where the event says so. */
export interface EventFact {
  readonly term: string;
  /** Null where the event says nothing about before. */
  readonly before: string | null;
  readonly after: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Words = (value: unknown, person: (id: string) => string) => string;

const NOTHING = "—";
const plain: Words = (value) => {
  if (value === null || value === undefined || value === "") return NOTHING;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : value.map((one) => plain(one, String)).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};
const oneOf =
  (table: Readonly<Record<string, string>>): Words =>
  (value) =>
    typeof value === "string" && Object.hasOwn(table, value) ? (table[value] ?? value) : plain(value, String);
const day: Words = (value) => (typeof value === "string" ? dayInWords(value) : plain(value, String));
const person: Words = (value, name) => (typeof value === "string" ? name(value) : NOTHING);
const people: Words = (value, name) =>
  Array.isArray(value) && value.length > 0 ? value.map((id) => person(id, name)).join(", ") : NOTHING;

const MEDIA_TYPE_WORDS = Object.fromEntries(
  Object.values(FILE_KINDS).map(({ mediaType, words }) => [mediaType, words]),
);

/** What is worth showing of a detail, in the order of showing. Ids of rows stay in the recorded form. */
const FIELDS: readonly (readonly [field: string, term: string, words: Words])[] = [
  ["requirementNumber", "Requirement", plain],
  ["requirementNumbers", "Requirements", plain],
  ["added", "Requirements added", plain],
  ["disposition", "Disposition", oneOf(DISPOSITION_LABELS)],
  ["note", "Note", plain],
  ["evidenceTitle", "Evidence", plain],
  ["evidenceUrl", "Address of the evidence", plain],
  ["fixOwner", "Owner of the fix", plain],
  ["fixDueOn", "Fix due", day],
  ["ownerId", "Owner", person],
  ["dueOn", "Due", day],
  ["name", "Name", plain],
  ["standardVersion", "PCI DSS version", plain],
  ["assessmentType", "Kind of assessment", plain],
  ["periodStart", "Period from", day],
  ["periodEnd", "Period to", day],
  ["internalReview", "Internal review", plain],
  ["catalogueVersion", "Catalogue", plain],
  ["personId", "Person", person],
  ["role", "Role", oneOf(ROLE_WORDS)],
  ["assigneeIds", "Assigned to", people],
  ["section", "Section", oneOf(PART_LABELS)],
  ["criterion", "Criterion", oneOf(CRITERION_TITLES)],
  ["version", "Version", plain],
  ["state", "State", oneOf(STATE_LABELS)],
  ["revision", "Revision", plain],
  ["reason", "Reason", plain],
  ...POLICY_NAMES.map((name): [string, string, Words] => [name, POLICY_WORDS[name].label, plain]),
  ...RIGOUR_SETTING_NAMES.map((name): [string, string, Words] => [name, RIGOUR_SETTING_WORDS[name].label, plain]),
  ["issuer", "Issuer", plain],
  ["clientId", "Client ID", plain],
  ["url", "Address", plain],
  ["description", "Description", plain],
  ["eventTypes", "Events told", plain],
  ["isOn", "Switched on", plain],
  ["formerUntil", "Former secret signs until", plain],
  ["secretChanged", "Client secret changed", plain],
  ["domains", "Domains", plain],
  ["acceptedAmr", "Accepted amr", plain],
  ["acceptedAcr", "Accepted acr", plain],
  ["justInTime", "Accounts made at the first sign-in", plain],
  ["breakGlassUserId", "Break-glass administrator", person],
  ["enabled", "Switched on", plain],
  ["visibility", "Read by", oneOf({ shared: "both companies", private: "the own company" })],
  ["what", "What", plain],
  ["format", "Format", oneOf({ pdf: "PDF", table: "table on the clipboard", jsonl: "JSON Lines", zip: "zip archive" })],
  ["paper", "Paper", plain],
  ["sha256", "SHA-256 of the content", plain],
  ["size", "Size in bytes", plain],
  ["type", "Kind of file", oneOf(MEDIA_TYPE_WORDS)],
  ["virus", "Virus", plain],
  ["outcome", "Outcome", oneOf(OUTCOME_LABELS)],
  ["cardNumberAcknowledged", "Said to hold no card numbers", plain],
  ["changed", "Changed", plain],
  ["removed", "Removed", plain],
  ["digest", "SHA-256 of the revision", plain],
  ["statementVersion", "Statement", plain],
];

/**
 * What an event tells, by name and in words: for a change what was and what is. The payload is JSON of its time, so
 * nothing in it is taken for granted, and what this version does not know is left to the recorded form.
 */
export function eventFacts(payload: unknown, name: (id: string) => string): readonly EventFact[] {
  const detail = withPairs(asFields(asFields(payload).detail));
  const before = asFields(detail.before);
  const facts = FIELDS.flatMap(([field, term, words]): EventFact[] => {
    if (!(field in detail)) return [];
    const after = words(detail[field], name);
    const was = field in before ? words(before[field], name) : null;
    return after === NOTHING && (was === null || was === NOTHING) ? [] : [{ term, before: was, after }];
  });
  return [...facts, ...answerFacts(asFields(detail.answers), asFields(before.answers)), ...originFacts(payload)];
}

/** Where the request came from, for readers whom the payload tells. */
function originFacts(payload: unknown): readonly EventFact[] {
  const { address } = asFields(asFields(payload).origin);
  if (typeof address !== "string" || address === "unknown") return [];
  return [{ term: "Network address", before: null, after: address }];
}

/** Events that tell both ends in fields of their own, told as a pair like any other change. */
function withPairs(detail: Fields): Fields {
  const { from, to, dispositionBefore, ...rest } = detail;
  const before = asFields(rest.before);
  if (typeof from === "string" && typeof to === "string" && typeof rest.move === "string") {
    return { ...rest, state: to, before: { ...before, state: from } };
  }
  if (typeof dispositionBefore === "string") {
    return { ...rest, disposition: "compensating_control", before: { ...before, disposition: dispositionBefore } };
  }
  return detail;
}

const QUESTIONS: ReadonlyMap<string, string> = new Map(
  STEPS.flatMap(({ questions }) => questions.map(({ id, text }) => [id, text] as const)),
);

/** Answers of the scope that changed: those that the event tells the former of. */
function answerFacts(after: Fields, before: Fields): readonly EventFact[] {
  return Object.keys(before).map((answer) => ({
    term: QUESTIONS.get(answer) ?? answer,
    before: plain(before[answer], String),
    after: plain(after[answer], String),
  }));
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
