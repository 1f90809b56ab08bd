import { addYears, isCalendarDay } from "@/lib/domain/dates";
import { APPROVAL_PART, type RecordPartKey, recordParts } from "@/lib/domain/records/keys";
import type { RecordKind } from "@/lib/domain/records/kinds";
import { type RecordItems, recordField } from "@/lib/domain/records/model";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";
import type { RecordFieldShape } from "@/lib/domain/records/shape";
import { isFilled, namesSomebody, saysHowOften } from "@/lib/domain/rigour/words/filled";
import { type EvidenceFacts, evidenceBlockers, type SubmissionBlocker } from "@/lib/domain/workflow/submission";
import type { PartContents, SectionContent } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";

/** What a submission of a record is judged by. */
export interface SubmittedRecord {
  readonly kind: RecordKind;
  readonly sections: PartContents;
  readonly evidence: readonly EvidenceFacts[];
  /** The calendar day of the submission. */
  readonly today: string;
}

/** A field says so little below this many characters that it explains nothing. */
const SHORTEST_TEXT = 40;

/** What stops the submission of a record, in the order of its parts: what is missing, and days that cannot be right. */
export function recordBlockers({ kind, sections, evidence, today }: SubmittedRecord): readonly SubmissionBlocker[] {
  return [
    ...recordParts(kind).flatMap((part) => {
      const messages = partMessages(part, sections[part], today);
      if (part === "matrixTesting" && !evidence.some(({ section }) => section === part)) {
        messages.push("Attach evidence of your own tests: a link or a file.");
      }
      return messages.map((message) => blocker(part, message));
    }),
    ...evidenceBlockers(evidence),
  ];
}

function blocker(section: RecordPartKey, message: string): SubmissionBlocker {
  return { section, code: "record_incomplete", message };
}

function partMessages(
  part: RecordPartKey,
  content: SectionContent<RecordPartKey> | undefined,
  today: string,
): string[] {
  const { text, fields, list } = RECORD_SHAPES[part];
  const items: RecordItems = content?.items ?? { entries: [] };
  const messages: string[] = [];
  const written = content ? narrativeText(content.narrative).trim() : "";
  if (!text.optional && (!isFilled(written) || written.length < SHORTEST_TEXT)) {
    messages.push(`The text is missing, or says too little: ${lowerFirst(text.asks)}`);
  }
  messages.push(...fields.flatMap((field) => fieldMessage(field, recordField(items, field.name), "")));
  if (list) {
    const { entries } = items;
    if (entries.length === 0 && !list.optional) messages.push(`Add at least one ${list.word}.`);
    for (const entry of entries) {
      const name = entry.label || list.word;
      messages.push(...list.fields.flatMap((field) => fieldMessage(field, entry[field.name] ?? "", `${name}: `)));
    }
  }
  return [...messages, ...dayMessages(part, items, today)];
}

function fieldMessage({ name, label, input, optional }: RecordFieldShape, value: string, before: string): string[] {
  const said = `${before}“${label}”`;
  if (input === "day" || input === "link") {
    return value === "" && !optional ? [`${said} is missing.`] : [];
  }
  if (!isFilled(value)) return optional ? [] : [`${said} is missing.`];
  if (PEOPLE.includes(name) && !namesSomebody(value))
    return [`${said} names nobody. Give a person, or a team with a name.`];
  if (RHYTHMS.includes(name) && !saysHowOften(value)) {
    return [`${said} does not say how often. Say it so that it can be counted whether it was kept.`];
  }
  return [];
}

const PEOPLE: readonly string[] = ["approvedBy", "accountable", "operates", "tester", "owner", "counselName"];
const RHYTHMS: readonly string[] = ["frequency", "performed", "rhythm"];

/** Days that cannot be right. The review within twelve months is 12.3.1's and 12.3.2's; a legal exception is held to the same. */
function dayMessages(part: RecordPartKey, items: RecordItems, today: string): string[] {
  const past = (name: string, label: string) =>
    recordField(items, name) > today ? [`“${label}” lies in the future.`] : [];
  if (part === "counsel") return past("opinionOn", "Given on");
  if (part === "matrixTesting") {
    return items.entries.flatMap(({ label, testedOn = "" }) =>
      testedOn > today ? [`${label}: “Tested on” lies in the future.`] : [],
    );
  }
  if (part !== APPROVAL_PART) return [];
  const [approved, review] = [recordField(items, "approvedOn"), recordField(items, "nextReview")];
  const messages = past("approvedOn", "Approved on");
  if (review !== "" && review <= today)
    messages.push("“Next review by” has passed. Have it approved anew, and set a later day.");
  if (isCalendarDay(approved) && isCalendarDay(review) && review > addYears(approved, 1)) {
    messages.push("“Next review by” is more than twelve months after the approval.");
  }
  return messages;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
