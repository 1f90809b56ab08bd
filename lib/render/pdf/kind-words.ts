import { KIND_TITLES, RECORD_KINDS, type WorksheetKind } from "@/lib/domain/records/kinds";
import type { WorkbookPdfModel } from "@/lib/render/pdf/view-model";

/** What is printed above each kind of document. */
export const PAPER_TITLES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "Compensating Controls Worksheet",
  customized_approach: "Customized Approach: Controls Matrix and Targeted Risk Analysis",
  legal_exception: "Legal Exception: Requirement Not in Place",
  risk_analysis: "Targeted Risk Analysis",
};

/** How each kind is called in outlines and tables of contents. */
export const PAPER_NAMES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "Worksheet",
  customized_approach: "Customized approach",
  legal_exception: "Legal exception",
  risk_analysis: "Targeted risk analysis",
};

/** Where the standard asks for each kind. */
export const PAPER_SOURCES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "Appendix C",
  customized_approach: "Appendices D and E, requirement 12.3.2",
  legal_exception: "reported as not in place with a legal exception",
  risk_analysis: "requirement 12.3.1",
};

/** How many of a workbook's documents are compensating controls worksheets: records are counted apart. */
export function countCcws({ worksheets }: WorkbookPdfModel): number {
  return worksheets.filter(({ kind }) => kind === "ccw").length;
}

/** How many records of each kind there are, apart from the worksheets; empty without any. */
export function recordsInWords({ worksheets }: WorkbookPdfModel): string {
  const counts = RECORD_KINDS.map((kind) => [worksheets.filter((one) => one.kind === kind).length, kind] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${KIND_TITLES[kind]}: ${count}`)
    .join(", ");
}
