import type { Attached, WorksheetComparison } from "@/lib/domain/oscal/compare-worksheet";
import { gateInWords } from "@/lib/domain/rigour/gate-words";
import { DISPOSITION_LABELS, type Disposition } from "@/lib/domain/workflow/dispositions";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import { diffFields, type ItemNames } from "@/lib/domain/worksheet/diff-items";

/** What a field of an import belongs to. */
export type ImportGroup = "row" | "gate" | "evidence" | "reasons";

/** A field that taking a plan in would write, in words: what stands now, and what would. Empty is nothing. */
export interface ImportField {
  readonly group: ImportGroup;
  /** The piece of evidence or the warning that it is of; empty for others. */
  readonly of: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
  /** How many characters of both were left out. */
  readonly cut: number;
}

/** What the fields of a worksheet are told from. */
export interface ImportSource {
  readonly compared: Pick<WorksheetComparison, "eligibility" | "evidence" | "reasons">;
  /** What the row says now where a worksheet is opened, which makes it a compensating control; null for one that stands. */
  readonly opens: Disposition | null;
  /** Evidence that leaves with its shared control. */
  readonly leaving: readonly Attached[];
  readonly names: ItemNames;
}

/** The longest that either text of a field is told, in characters. */
export const LONGEST_TOLD = 1_000;

/** Everything that an import writes beside the parts, field by field. */
export function importFields(source: ImportSource): readonly ImportField[] {
  const { compared, opens, leaving, names } = source;
  const { eligibility, evidence, reasons } = compared;
  return [
    ...(opens === null ? [] : rowFields(opens)),
    ...(eligibility ? gateFields(eligibility.before, eligibility.after) : []),
    ...evidence.flatMap(({ before, after }) =>
      diffFields(before ?? {}, after, names, () => [])
        .filter((one) => one.before !== one.after)
        .map((one) => told("evidence", after.title, one.label, one.before, one.after)),
    ),
    ...leaving.map(({ title }) => told("evidence", title, "With its shared control", "Attached", "Leaves")),
    ...reasons.map(({ about, before, after }) => told("reasons", about, "Reason", before, after)),
  ];
}

function rowFields(before: Disposition): ImportField[] {
  const after = DISPOSITION_LABELS.compensating_control;
  const was = DISPOSITION_LABELS[before];
  return was === after ? [] : [told("row", "", "Disposition", was, after)];
}

function gateFields(before: EligibilityAnswers | null, after: EligibilityAnswers): ImportField[] {
  const [was, is] = [answersIn(before), answersIn(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((term) => told("gate", "", term, was.get(term) ?? "", is.get(term) ?? ""))
    .filter((one) => one.before !== one.after || one.cut > 0);
}

function answersIn(answers: EligibilityAnswers | null): ReadonlyMap<string, string> {
  return new Map(answers ? gateInWords(answers).map(({ term, text }) => [term, text]) : []);
}

function told(group: ImportGroup, of: string, field: string, before: string, after: string): ImportField {
  return { group, of: of.slice(0, LONGEST_TOLD), field, ...cutTexts(before, after) };
}

/** Both texts of a change within bounds, and how many characters of them were left out. */
export function cutTexts(before: string, after: string): Pick<ImportField, "before" | "after" | "cut"> {
  const from = before.length > LONGEST_TOLD || after.length > LONGEST_TOLD ? beginning(before, after) : 0;
  const [was, is] = [before.slice(from, from + LONGEST_TOLD), after.slice(from, from + LONGEST_TOLD)];
  return { before: was, after: is, cut: before.length - was.length + after.length - is.length };
}

/** Long texts are told from a little before the place where they differ. */
function beginning(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  return Math.max(0, same - LONGEST_TOLD / 5);
}
