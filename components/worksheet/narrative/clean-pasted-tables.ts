import { MOST_COLUMNS } from "@/lib/domain/worksheet/narrative";

/** Elements that begin and end lines of their own. */
export const BLOCKS = "p, div, ul, ol, li, table, pre, blockquote, h1, h2, h3, h4, h5, h6, td, th, body";

/** No table that people make has more columns: one that claims to is not drawn up (columns). */
const WIDEST = 200;

/**
 * Pasted tables made such that each cell is one: a cell over several columns or rows keeps its place and leaves the others
 * that it covered empty, so that nothing slips into another column. A table within a table becomes its caption and the text
 * of its cells, a caption a line above, and a table with more columns than a text may have one line for each row.
 */
export function cleanPastedTables(body: HTMLElement): void {
  // From the innermost out.
  for (const inner of [...body.querySelectorAll<HTMLTableElement>("table table")].reverse()) {
    const parts = [inner.caption, ...[...inner.rows].flatMap((row) => [...row.cells])];
    inner.replaceWith(...parts.flatMap((part) => (part ? [contentOf(part, "div")] : [])));
  }
  for (const table of body.querySelectorAll("table")) {
    if (table.caption) table.before(contentOf(table.caption, "p"));
    table.caption?.remove();
    const rows = rowsOf(table);
    if (rows) table.replaceChildren(...rows);
    else table.replaceWith(...[...table.rows].map(lineOf));
  }
}

interface Placed {
  readonly cell: HTMLTableCellElement;
  readonly column: number;
}

/** The rows with a cell in each column in which any begins; null for too many columns. */
function rowsOf(table: HTMLTableElement): readonly HTMLTableRowElement[] | null {
  const placed = placesOf([...table.rows]);
  const columns = [...new Set(placed?.flatMap((row) => row.map(({ column }) => column)))].sort((a, b) => a - b);
  if (!placed || columns.length > MOST_COLUMNS) return null;
  return placed.map((row) => {
    const made = document.createElement("tr");
    const isHead = row.length > 0 && row.every(({ cell }) => cell.tagName === "TH");
    made.append(
      ...columns.map((column) => {
        const cell = row.find((one) => one.column === column)?.cell ?? document.createElement(isHead ? "th" : "td");
        cell.removeAttribute("colspan");
        cell.removeAttribute("rowspan");
        return cell;
      }),
    );
    return made;
  });
}

/** In which column each cell begins; null where the table claims too many. */
function placesOf(rows: readonly HTMLTableRowElement[]): readonly (readonly Placed[])[] | null {
  /** Up to which row each column is covered by a cell further up. */
  const covered: number[] = [];
  const placed: Placed[][] = [];
  for (const [at, row] of rows.entries()) {
    let column = 0;
    const places: Placed[] = [];
    for (const cell of row.cells) {
      column = firstFree(covered, column, at);
      places.push({ cell, column });
      // 0 is “to the end”.
      const end = cell.rowSpan === 0 ? rows.length : at + cell.rowSpan;
      if (column + cell.colSpan > WIDEST) return null;
      const next = column + cell.colSpan;
      while (column < next) covered[column++] = end;
    }
    placed.push(places);
  }
  return placed;
}

function firstFree(covered: readonly number[], from: number, row: number): number {
  let column = from;
  while ((covered[column] ?? 0) > row) column++;
  return column;
}

/** The cells of a row in a line. What stands in lines of its own in a cell is kept apart by blanks, which are shown as one. */
function lineOf(row: HTMLTableRowElement): HTMLElement {
  const line = document.createElement("p");
  for (const cell of row.cells) {
    for (const end of cell.querySelectorAll("br")) end.replaceWith(" ");
    for (const block of cell.querySelectorAll(BLOCKS)) block.replaceWith(" ", ...block.childNodes, " ");
    line.append(...(cell === row.cells[0] ? [] : [" | "]), ...cell.childNodes);
  }
  return line;
}

/** What stands in an element, in one of another kind. */
function contentOf(element: Element, tag: "div" | "p"): HTMLElement {
  const made = document.createElement(tag);
  made.append(...element.childNodes);
  return made;
}
