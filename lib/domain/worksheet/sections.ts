import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

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
export const PART_KEYS = [...SECTION_KEYS, CRITERIA_PART] as const;

/** A part of a worksheet that is saved for itself. */
export type PartKey = (typeof PART_KEYS)[number];

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
export const PART_LABELS: Readonly<Record<PartKey, string>> = { ...SECTION_LABELS, criteria: "Criteria of Appendix B" };

/** The label of the worksheet's header row. */
export const HEADER_LABEL = "Requirement Number and Definition";

const ORDER: Readonly<Record<StandardVersion, readonly SectionKey[]>> = {
  "4.0.1": ["constraints", "definition", "objective", "identifiedRisk", "validation", "maintenance"],
  "3.2.1": ["constraints", "objective", "identifiedRisk", "definition", "validation", "maintenance"],
};

/** True for one of the six rows. */
export function isSection(part: PartKey): part is SectionKey {
  return part !== CRITERIA_PART;
}

/** The rows in the order of a version: 4.0.1 puts the definition second, 3.2.1 fourth. */
export function sectionOrder(version: StandardVersion): readonly SectionKey[] {
  return ORDER[version];
}

/** All parts in the order of a version's page: its rows, then the answers to the criteria. */
export function partOrder(version: StandardVersion): readonly PartKey[] {
  return [...sectionOrder(version), CRITERIA_PART];
}
