import {
  DAY_FIELDS,
  EDITABLE_COLUMNS,
  EDITABLE_FIELDS,
  type EditableField,
  ROW_COLUMN,
  VERSION_COLUMN,
} from "@/lib/domain/workbook-sheet/columns";

/** A table as it was read from a file: rows with the line that they stood in, and the day from which dates count. */
export interface BroughtTable {
  readonly rows: readonly { readonly line: number; readonly cells: readonly (string | number)[] }[];
  readonly dayZero: string;
}

/** A row of the workbook as it is now, its fields as an export writes them. */
export interface KnownRow {
  readonly id: string;
  readonly version: number;
  readonly requirementNumber: string;
  readonly cells: Readonly<Record<EditableField, string>>;
}

/** A row that the table changes, with the text of each field that differs. */
export interface BroughtChange {
  readonly line: number;
  readonly row: KnownRow;
  readonly cells: readonly { readonly field: EditableField; readonly before: string; readonly after: string }[];
}

/** What is wrong with a line, or with one of its cells; `column` is the title of the column, or null. */
export interface BroughtError {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

/** What a table would change. */
export interface Comparison {
  readonly changes: readonly BroughtChange[];
  readonly errors: readonly BroughtError[];
  /** Rows in which nothing differs. */
  readonly unchanged: number;
}

/** Where the columns of a table stand. */
interface Places {
  readonly row: number;
  readonly version: number;
  readonly fields: ReadonlyMap<EditableField, number>;
}

/**
 * Holds a table against the rows of the workbook. Rows are found by their identifier alone, so that it does not matter
 * what a spreadsheet made of a number such as 8.3.4, how rows were sorted, or which columns were left out.
 */
export function compareTable(table: BroughtTable, known: ReadonlyMap<string, KnownRow>): Comparison {
  const [head, ...rows] = table.rows;
  if (!head) return { changes: [], errors: [{ line: 1, column: null, message: "The table is empty." }], unchanged: 0 };
  const found = placesOf(head.cells);
  if (typeof found === "string") {
    return { changes: [], errors: [{ line: head.line, column: null, message: found }], unchanged: 0 };
  }
  const changes: BroughtChange[] = [];
  const errors: BroughtError[] = [];
  const lines = new Map<string, number>();
  let unchanged = 0;
  for (const { line, cells } of rows) {
    const row = findRow(line, cells, found, known, lines);
    if ("message" in row) {
      errors.push(row);
      continue;
    }
    const differing = differences(cells, row, found, table.dayZero);
    if (differing.length === 0) unchanged += 1;
    else if (row.version === Number(textOf(cells[found.version]))) changes.push({ line, row, cells: differing });
    else errors.push({ line, column: VERSION_COLUMN, message: outdated(row) });
  }
  return { changes, errors, unchanged };
}

function outdated({ requirementNumber }: KnownRow): string {
  return `${requirementNumber} was changed since this table was exported. Export it again and repeat your change there.`;
}

/** Where the columns stand, or in words why the table is none of ours. */
function placesOf(head: readonly (string | number)[]): Places | string {
  const titles = head.map((title) => textOf(title).trim().toLowerCase());
  const wanted = [ROW_COLUMN, VERSION_COLUMN, ...Object.values(EDITABLE_COLUMNS)];
  const twice = wanted.find((title) => titles.indexOf(title.toLowerCase()) !== titles.lastIndexOf(title.toLowerCase()));
  if (twice !== undefined) return `There are two columns “${twice}”.`;
  const [row, version] = [ROW_COLUMN, VERSION_COLUMN].map((title) => titles.indexOf(title.toLowerCase()));
  if (row === undefined || version === undefined || row < 0 || version < 0) {
    return `The columns “${ROW_COLUMN}” and “${VERSION_COLUMN}” are missing. Edit a table that was exported from this workbook, and leave its first line.`;
  }
  const fields = EDITABLE_FIELDS.map(
    (field) => [field, titles.indexOf(EDITABLE_COLUMNS[field].toLowerCase())] as const,
  );
  return { row, version, fields: new Map(fields.filter(([, place]) => place >= 0)) };
}

function findRow(
  line: number,
  cells: readonly (string | number)[],
  places: Places,
  known: ReadonlyMap<string, KnownRow>,
  lines: Map<string, number>,
): KnownRow | BroughtError {
  const id = textOf(cells[places.row]).trim().toLowerCase();
  const row = known.get(id);
  if (!row) {
    const message =
      id === ""
        ? "There is no identifier. Add requirements in the workbook; a table changes the rows that are there."
        : "This workbook has no such row.";
    return { line, column: ROW_COLUMN, message };
  }
  const before = lines.get(id);
  if (before !== undefined) {
    return { line, column: ROW_COLUMN, message: `Line ${before} is about the same row. Keep one of them.` };
  }
  lines.set(id, line);
  return row;
}

function differences(
  cells: readonly (string | number)[],
  row: KnownRow,
  { fields }: Places,
  dayZero: string,
): BroughtChange["cells"] {
  return [...fields].flatMap(([field, place]) => {
    const cell = cells[place] ?? "";
    const after = DAY_FIELDS.includes(field) ? dayOf(cell, dayZero) : textOf(cell);
    const before = row.cells[field];
    return normalised(after) === normalised(before) ? [] : [{ field, before, after }];
  });
}

/** Programs write line ends in their own way; that alone is no change. */
function normalised(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function textOf(cell: string | number | undefined): string {
  return normalised(String(cell ?? ""));
}

/** A day as `YYYY-MM-DD`: spreadsheets keep days as numbers. What is none comes back as it is. */
function dayOf(cell: string | number, dayZero: string): string {
  if (typeof cell === "string") return cell.trim();
  if (!Number.isInteger(cell) || cell < 1 || cell > 1_000_000) return String(cell);
  return new Date(Date.parse(`${dayZero}T00:00:00Z`) + cell * 86_400_000).toISOString().slice(0, 10);
}
