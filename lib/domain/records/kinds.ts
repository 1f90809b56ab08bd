/** The kinds of records that are written, reviewed and signed as a worksheet is, and are none. */
export const RECORD_KINDS = ["customized_approach", "legal_exception", "risk_analysis"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Every kind of document that a requirement may have: the compensating controls worksheet, and the records. */
export const WORKSHEET_KINDS = ["ccw", ...RECORD_KINDS] as const;
export type WorksheetKind = (typeof WORKSHEET_KINDS)[number];

/** True for a record. */
export function isRecordKind(kind: WorksheetKind): kind is RecordKind {
  return kind !== "ccw";
}

/** How a kind is called as a title. */
export const KIND_TITLES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "Compensating controls worksheet",
  customized_approach: "Customized approach",
  legal_exception: "Legal exception",
  risk_analysis: "Targeted risk analysis",
};

/** How a kind is called within a sentence, after “the”. */
export const KIND_WORDS: Readonly<Record<WorksheetKind, string>> = {
  ccw: "compensating controls worksheet",
  customized_approach: "customized approach record",
  legal_exception: "legal exception record",
  risk_analysis: "targeted risk analysis",
};

/** What a kind is for and how it is reported, in a sentence. Source: facts 1.4 and 1.6. */
export const KIND_PURPOSE: Readonly<Record<RecordKind, string>> = {
  customized_approach:
    "Shows how your own controls meet the requirement's customized approach objective: the controls matrix, and the targeted risk analysis that 12.3.2 asks for.",
  legal_exception:
    "Shows which law forbids meeting the requirement. The requirement is reported as not in place, with the legal exception.",
  risk_analysis: "Shows why an activity is done as often as it is, as 12.3.1 asks wherever you set the frequency.",
};
