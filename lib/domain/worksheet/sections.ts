import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { RECORD_PART_KEYS, type RecordPartKey, recordParts } from "@/lib/domain/records/keys";
import { isRecordKind, type WorksheetKind } from "@/lib/domain/records/kinds";
import { RECORD_PART_LABELS } from "@/lib/domain/records/labels";

/** The six rows of the official worksheet (PCI DSS Appendix C), by our own keys. */
export const SECTION_KEYS = [
  "constraints",
  "definition",
  "objective",
  "identifiedRisk",
  "validation",
  "maintenance",
] as const;

/** One of the six rows of the worksheet. */
export type SectionKey = (typeof SECTION_KEYS)[number];

/** The criteria of Appendix B: the entity's answers are saved beside the six rows and are never one of them. */
export const CRITERIA_PART = "criteria";

/** Every part of a worksheet that is saved for itself: the six rows, then the answers to the criteria. */
export const CCW_PARTS = [...SECTION_KEYS, CRITERIA_PART] as const;

/** A part of a worksheet that is saved for itself. */
export type CcwPartKey = (typeof CCW_PARTS)[number];

/** Every part of any kind of document that is saved for itself. */
export const PART_KEYS = [...CCW_PARTS, ...RECORD_PART_KEYS] as const;

/** A part of a worksheet or a record that is saved for itself. */
export type PartKey = CcwPartKey | RecordPartKey;

/** A part that has a text of its own, and evidence: a row of the worksheet, or a part of a record. */
export type TextPartKey = SectionKey | RecordPartKey;

/** The parts that have a text of their own, and evidence. */
export const TEXT_PARTS = [...SECTION_KEYS, ...RECORD_PART_KEYS] as const;

/** The official row labels, the same words in both versions. Source: PCI DSS Appendix C, field names only. */
export const SECTION_LABELS: Readonly<Record<SectionKey, string>> = {
  constraints: "Constraints",
  definition: "Definition of Compensating Controls",
  objective: "Objective",
  identifiedRisk: "Identified Risk",
  validation: "Validation of Compensating Controls",
  maintenance: "Maintenance",
};

/** How every part is called: the rows by their official labels. */
export const PART_LABELS: Readonly<Record<PartKey, string>> = {
  ...SECTION_LABELS,
  criteria: "Criteria of Appendix B",
  ...RECORD_PART_LABELS,
};

/** The label of the worksheet's header row. */
export const HEADER_LABEL = "Requirement Number and Definition";

const ORDER: Readonly<Record<StandardVersion, readonly SectionKey[]>> = {
  "4.0.1": ["constraints", "definition", "objective", "identifiedRisk", "validation", "maintenance"],
  "3.2.1": ["constraints", "objective", "identifiedRisk", "definition", "validation", "maintenance"],
};

/** True for one of the six rows. */
export function isSection(part: PartKey): part is SectionKey {
  return (SECTION_KEYS as readonly string[]).includes(part);
}

/** True for a part that has a text of its own: all but the answers to the criteria. */
export function hasText(part: PartKey): part is TextPartKey {
  return part !== CRITERIA_PART;
}

/** True for a part of a record. */
export function isRecordPart(part: PartKey): part is RecordPartKey {
  return hasText(part) && !isSection(part);
}

/** The rows in the order of a version: 4.0.1 puts the definition second, 3.2.1 fourth. */
export function sectionOrder(version: StandardVersion): readonly SectionKey[] {
  return ORDER[version];
}

/** All parts of a kind in the order of its page: a worksheet's rows as its version has them, then the answers to the criteria. */
export function partsOf(kind: WorksheetKind, version: StandardVersion): readonly PartKey[] {
  return isRecordKind(kind) ? recordParts(kind) : [...sectionOrder(version), CRITERIA_PART];
}

/** The parts of a kind that have a text of their own, in the order of its page. */
export function textPartsOf(kind: WorksheetKind, version: StandardVersion): readonly TextPartKey[] {
  return isRecordKind(kind) ? recordParts(kind) : sectionOrder(version);
}

/** What belongs to the six sections of a worksheet, such as evidence; a worksheet has no other. */
export function inSections<E extends { readonly section: TextPartKey }>(
  all: readonly E[],
): readonly (E & { readonly section: SectionKey })[] {
  return all.filter((one): one is E & { readonly section: SectionKey } => isSection(one.section));
}
