/** What stands in a column: text, whole numbers, or calendar days as `YYYY-MM-DD`. */
export type ColumnKind = "text" | "number" | "day";

/** A column of a sheet. */
export interface SheetColumn {
  readonly title: string;
  readonly kind: ColumnKind;
  /** How wide it is shown, in characters. */
  readonly width: number;
  /** What may be chosen here; a spreadsheet offers it. */
  readonly choices?: readonly string[];
}

/** What stands in a cell; null and an empty text are an empty cell. */
export type Cell = string | number | null;

/** A table as spreadsheets know it: a head, and rows of as many cells. */
export interface Sheet {
  /** In a workbook's tab: at most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A row that was read: where it stood in its file, counted from 1, and its cells; a number where the file had one. */
export interface ReadRow {
  readonly line: number;
  readonly cells: readonly (string | number)[];
}

/** A table that was read. */
export interface ReadSheet {
  readonly rows: readonly ReadRow[];
  /** The day that a date written as a number counts from. */
  readonly dayZero: "1899-12-30" | "1904-01-01";
}

/** A file that is no table that we take. The message says why, and what to do, for people. */
export class UnreadableSheet extends Error {
  override readonly name = "UnreadableSheet";
}

/** The most rows and columns that are read. */
export const MOST_READ = { rows: 5_000, columns: 200 } as const;

/** @throws UnreadableSheet */
export function requireRows(count: number): void {
  if (count > MOST_READ.rows) {
    throw new UnreadableSheet(`The table has more than ${MOST_READ.rows.toLocaleString("en")} rows.`);
  }
}
