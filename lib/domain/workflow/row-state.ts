import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** Who has to act next on a row of the workbook. */
export type Turn = "entity" | "assessor" | "nobody";

/** Whether a row is settled, whose turn it is, and what is missing, in words. */
export interface RowState {
  readonly settled: boolean;
  readonly turn: Turn;
  readonly label: string;
}

const DOCUMENT_ROW: Readonly<Record<WorksheetState, RowState>> = {
  draft: { settled: false, turn: "entity", label: "Worksheet in draft" },
  internal_review: {
    settled: false,
    turn: "entity",
    label: "In internal review",
  },
  qsa_review: { settled: false, turn: "assessor", label: "With the assessor" },
  changes_requested: {
    settled: false,
    turn: "entity",
    label: "Changes requested",
  },
  signed: { settled: true, turn: "nobody", label: "Signed" },
  refused: { settled: false, turn: "entity", label: "Refused: not in place" },
  withdrawn: { settled: false, turn: "entity", label: "Worksheet withdrawn" },
  revoked: { settled: false, turn: "entity", label: "Signature revoked" },
};

/** What is said of a record: the worksheet's words name the worksheet. */
const RECORD_WORDS: Readonly<Partial<Record<WorksheetState, string>>> = {
  draft: "Record in draft",
  withdrawn: "Record withdrawn",
};

/**
 * Where a row stands, with the state of the document that its choice calls for (`kindOf`). A planned fix is not settled: the
 * requirement is not met until the row says `met`. The customized approach and a legal exception are settled once the
 * record that shows them is signed.
 * In an engagement without an assessor company `assessor` stands for the ISA or officer who decides.
 */
export function rowState(disposition: Disposition, documentState: WorksheetState | null): RowState {
  switch (disposition) {
    case "undecided":
      return { settled: false, turn: "entity", label: "No decision yet" };
    case "met":
      return { settled: true, turn: "nobody", label: "Met" };
    case "fix_planned":
      return { settled: false, turn: "entity", label: "Fix planned" };
    case "not_applicable":
      return { settled: true, turn: "nobody", label: "Not applicable" };
    case "customized_approach":
    case "legal_exception":
      return recordState(documentState);
    case "compensating_control":
      return documentState
        ? DOCUMENT_ROW[documentState]
        : { settled: false, turn: "entity", label: "Worksheet not begun" };
  }
}

function recordState(state: WorksheetState | null): RowState {
  if (!state) return { settled: false, turn: "entity", label: "Record not begun" };
  const row = DOCUMENT_ROW[state];
  return { ...row, label: RECORD_WORDS[state] ?? row.label };
}

/** How many rows stand where; the three turns and the settled rows add up to the total. */
export interface Progress {
  readonly total: number;
  readonly settled: number;
  readonly entity: number;
  readonly assessor: number;
}

/** Counts rows for the bar at the top of the workbook. */
export function progressOf(rows: readonly RowState[]): Progress {
  return {
    total: rows.length,
    settled: rows.filter((row) => row.settled).length,
    entity: rows.filter((row) => row.turn === "entity").length,
    assessor: rows.filter((row) => row.turn === "assessor").length,
  };
}
