import { KIND_TITLES, KIND_WORDS, kindNoun, RECORD_KINDS, type WorksheetKind } from "@/lib/domain/records/kinds";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import type { PageNotes } from "@/lib/render/pdf/sheet";
import type { DispositionRowModel, WorkbookFrame, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { noticeWords } from "@/lib/render/pdf/words";

/** What is printed above each kind of document. */
export const PAPER_TITLES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "Compensating Controls Worksheet",
  customized_approach: "Customized Approach: Controls Matrix and Targeted Risk Analysis",
  legal_exception: "Legal Exception: Requirement Not in Place",
  risk_analysis: "Targeted Risk Analysis",
};

/** What stands above the annexes of a document, and names them in outlines and tables of contents. */
export function annexesTitle({ kind, header }: Pick<WorksheetPdfModel, "kind" | "header">): string {
  return `Annexes to ${kind === "ccw" ? "worksheet" : KIND_WORDS[kind]} ${header.requirementNumber}`;
}

/** Said where nobody signed or refused. */
export function undecidedWords(kind: WorksheetKind): string {
  return `This ${kindNoun(kind)} has not been decided upon.`;
}

/** Where the document of a row stands, as a line below its disposition; empty without one. */
export function documentStateLine({ worksheetKind, worksheetState }: DispositionRowModel): string {
  if (!worksheetKind || !worksheetState) return "";
  return `\n${worksheetKind === "ccw" ? "Worksheet" : "Record"}: ${STATE_LABELS[worksheetState]}`;
}

/** Where the standard asks for each kind. */
export const PAPER_SOURCES: Readonly<Record<WorksheetKind, string>> = {
  ccw: "Appendix C",
  customized_approach: "Appendices D and E, requirement 12.3.2",
  legal_exception: "reported as not in place with a legal exception",
  risk_analysis: "requirement 12.3.1",
};

/** How many of a workbook's documents are compensating controls worksheets: records are counted apart. */
export function countCcws({ worksheets }: WorkbookFrame): number {
  return worksheets.filter(({ kind }) => kind === "ccw").length;
}

/** How many records of each kind there are, apart from the worksheets; empty without any. */
export function recordsInWords({ worksheets }: WorkbookFrame): string {
  const counts = RECORD_KINDS.map((kind) => [worksheets.filter((one) => one.kind === kind).length, kind] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${KIND_TITLES[kind]}: ${count}`)
    .join(", ");
}

/** What the head and foot of a worksheet's pages say. */
export function worksheetNotes(model: WorksheetPdfModel): PageNotes {
  const { requirementNumber, entityName } = model.header;
  return {
    title: `${PAPER_TITLES[model.kind]} ${requirementNumber} · ${entityName}`,
    draft: model.draft,
    legacy: model.legacy,
    notice: noticeWords(model),
    digest: model.digest,
  };
}
