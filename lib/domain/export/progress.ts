import type { ExportKind, ExportStep } from "@/lib/domain/export/states";

/** How many worksheets of a workbook a step has done, of how many. */
export interface WorksheetsDone {
  readonly done: number;
  readonly of: number;
}

/**
 * How far a step has come, in worksheets. The parts of a workbook as PDF are its worksheets, each of which is gathered and
 * then drawn; null where parts are something else.
 */
export function worksheetsDone(
  kind: ExportKind,
  step: ExportStep | null,
  partsDone: number,
  partsTotal: number,
): WorksheetsDone | null {
  if (kind !== "workbook" || partsTotal === 0) return null;
  const of = Math.floor(partsTotal / 2);
  if (step === "gather") return { done: Math.min(partsDone, of), of };
  if (step === "render") return { done: Math.max(0, Math.min(partsDone - of, of)), of };
  return null;
}
