import { withGuards, withoutGuards } from "@/lib/render/sheet/formulas";
import {
  type Cell,
  MOST_READ,
  type ReadRow,
  type ReadSheet,
  requireRows,
  type Sheet,
  UnreadableSheet,
} from "@/lib/render/sheet/sheet";

/** Tells programs that the file is UTF-8; without it Excel takes it for something else. */
const MARK = "\ufeff";

/**
 * A sheet as comma-separated values (RFC 4180): UTF-8 with a mark, every cell in quotes, lines ended by CR LF, and nothing
 * in it that a spreadsheet would take for a formula.
 */
export function writeCsv({ columns, rows }: Sheet): Buffer {
  return Buffer.from(csvHead(columns) + rows.map(csvLine).join(""), "utf8");
}

/** The mark and the head of a file whose lines follow one by one. */
export function csvHead(columns: Sheet["columns"]): string {
  return MARK + csvLine(columns.map(({ title }) => title));
}

/** A row as a line, with its end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

function quoted(cell: Cell): string {
  if (cell === null) return '""';
  return `"${withGuards(String(cell).toWellFormed()).replaceAll('"', '""')}"`;
}

/**
 * Reads comma-separated values: UTF-8, with commas, semicolons or tabs between cells, whichever the first line has most
 * of. What {@link writeCsv} wrote comes back to the letter. @throws UnreadableSheet
 */
export function readCsv(bytes: Uint8Array): ReadSheet {
  const text = decoded(bytes);
  const rows: ReadRow[] = [];
  for (const row of readLines(text, separatorOf(text))) {
    if (row.cells.some((cell) => cell !== "")) rows.push(row);
    requireRows(rows.length);
  }
  return { rows, dayZero: "1899-12-30" };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableSheet("The file is not UTF-8. Save it as “CSV UTF-8”, or as an Excel workbook (XLSX).");
  }
}

function separatorOf(text: string): string {
  const head = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const count = (sign: string) => head.split(sign).length;
  return [",", ";", "\t"].reduce((most, sign) => (count(sign) > count(most) ? sign : most), ",");
}

/** A cell in quotes, or one without, and what ends it. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|(?!")([^\r\n]*?))(\r\n|\r|\n|$)/y;

function* readLines(text: string, separator: string): Generator<ReadRow> {
  // The separator joins the ends of a cell; it is one of three signs that need no escape.
  const cell = new RegExp(CELL.source.replace("(\\r\\n|", `(${separator}|\\r\\n|`), "y");
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  for (let at = 0; at < text.length || cells.length > 0; ) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (!found) throw new UnreadableSheet(`Line ${line}: a quoted cell does not end, or goes on behind its quote.`);
    const [whole, inQuotes, plain = "", end = ""] = found;
    cells.push(withoutGuards(inQuotes?.replaceAll('""', '"') ?? plain));
    if (cells.length > MOST_READ.columns) {
      throw new UnreadableSheet(`Line ${line}: there are more than ${MOST_READ.columns} cells.`);
    }
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    at = cell.lastIndex;
    if (end === separator) continue;
    yield { line: begun, cells };
    cells = [];
    begun = line;
  }
}
