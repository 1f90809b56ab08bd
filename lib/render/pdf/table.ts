import type { Sheet } from "@/lib/render/pdf/sheet";
import { heightOf, type Strip } from "@/lib/render/pdf/strip";
import { COLOURS, type Colour } from "@/lib/render/pdf/theme";

/** A cell that is laid out already, for the column's inner width. */
export interface Cell {
  readonly strips: readonly Strip[];
  readonly tint?: Colour;
}

/** A table that is laid out already. Widths are outer widths of the columns, in points. */
export interface TableLayout {
  readonly widths: readonly number[];
  readonly head?: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** Lines between rows only, around every cell, or none. */
  readonly rules: "rows" | "grid" | "none";
  readonly padding?: { readonly x: number; readonly y: number };
}

/** Default distance from the rules to the text, in points. */
export const CELL_PADDING = { x: 5, y: 3.5 } as const;
/** A row higher than this, in points, may be broken over pages. */
const HIGHEST_WHOLE_ROW = 110;

/** The inner width of a column: what its cells have to be laid out for. */
export function innerWidth(width: number, padding: { readonly x: number } = CELL_PADDING): number {
  return Math.max(width - 2 * padding.x, 1);
}

/** The table as strips: a strip for a row of usual height, several for a high one. The head repeats on each page. */
export function tableStrips(table: TableLayout): readonly Strip[] {
  const head = table.head ? rowStrips(table.head, table, { first: true, head: true }) : [];
  const repeat = heightOf(head) > 150 ? [] : head;
  const body = table.rows.flatMap((row, index) =>
    rowStrips(row, table, { first: index === 0 && head.length === 0, head: false }).map((strip) => ({
      ...strip,
      repeat,
    })),
  );
  return [...head.map((strip) => ({ ...strip, keepWithNext: true })), ...body];
}

interface RowPlace {
  readonly first: boolean;
  readonly head: boolean;
}

function rowStrips(row: readonly Cell[], table: TableLayout, place: RowPlace): readonly Strip[] {
  const { y: padding } = table.padding ?? CELL_PADDING;
  const height = Math.max(...row.map((cell) => heightOf(cell.strips)), 0);
  const slices = height <= HIGHEST_WHOLE_ROW ? [row.map((cell) => cell.strips)] : sliced(row);
  return slices.map((cells, index) => {
    const above = index === 0 ? padding : 0;
    const below = index === slices.length - 1 ? padding : 0;
    const inner = Math.max(...cells.map(heightOf), 0);
    const ends = { top: index === 0, bottom: index === slices.length - 1 };
    return {
      height: above + inner + below,
      // Of a row that is broken, no single line is left alone on a page.
      keepWithNext: index < slices.length - 1 && (index === 0 || index === slices.length - 2),
      draw: (sheet, x, y) =>
        drawSlice(sheet, x, y, { row, cells, table, place, above, height: above + inner + below, ends }),
    };
  });
}

/** Cuts a high row into slices of about a line each; a cell's next strips go into the slice where they begin. */
function sliced(row: readonly Cell[]): readonly (readonly (readonly Strip[])[])[] {
  const slices: (readonly Strip[])[][] = [];
  const next = row.map(() => 0);
  while (row.some((cell, column) => (next[column] ?? 0) < cell.strips.length)) {
    // The first cell that is not yet used up sets the height; the others take what fits into it, at least a strip.
    const reach = Math.max(...row.map((cell, column) => cell.strips[next[column] ?? 0]?.height ?? 0));
    slices.push(
      row.map((cell, column) => {
        const from = next[column] ?? 0;
        let to = from;
        let height = 0;
        while (to < cell.strips.length && (to === from || height + (cell.strips[to]?.height ?? 0) <= reach)) {
          height += cell.strips[to]?.height ?? 0;
          to += 1;
        }
        next[column] = to;
        return cell.strips.slice(from, to);
      }),
    );
  }
  return slices;
}

interface Slice {
  readonly row: readonly Cell[];
  readonly cells: readonly (readonly Strip[])[];
  readonly table: TableLayout;
  readonly place: RowPlace;
  readonly above: number;
  readonly height: number;
  readonly ends: { readonly top: boolean; readonly bottom: boolean };
}

function drawSlice(sheet: Sheet, x: number, y: number, slice: Slice): void {
  const { table, row, cells, place, above, height } = slice;
  const padding = table.padding ?? CELL_PADDING;
  let left = x;
  for (const [column, strips] of cells.entries()) {
    const width = table.widths[column] ?? 0;
    const tint = row[column]?.tint ?? (place.head ? COLOURS.tint : undefined);
    if (tint) sheet.fill(left, y, width, height, tint);
    let at = y + above;
    for (const strip of strips) {
      strip.draw?.(sheet, left + padding.x, at);
      at += strip.height;
    }
    left += width;
  }
  if (table.rules !== "none") drawRules(sheet, x, y, slice);
}

function drawRules(sheet: Sheet, x: number, y: number, { table, place, height, ends }: Slice): void {
  const edges = [0];
  for (const width of table.widths) edges.push((edges.at(-1) ?? 0) + width);
  const right = x + (edges.at(-1) ?? 0);
  if (table.rules === "grid") {
    for (const edge of edges) sheet.rule(x + edge, y, x + edge, y + height, 0.5, COLOURS.rule);
  }
  if (place.first && ends.top) sheet.rule(x, y, right, y, 0.5, COLOURS.rule);
  const [thickness, colour] = place.head ? [0.8, COLOURS.ruleStrong] : [0.5, COLOURS.rule];
  if (ends.bottom) sheet.rule(x, y + height, right, y + height, thickness, colour);
}

/**
 * Shares a width among columns: each gets what its longest word needs and the rest by how much text there is. When even
 * the words do not fit, the widest columns give way first and their words are cut.
 */
export function shareWidth(
  columns: readonly { readonly least: number; readonly full: number }[],
  total: number,
): readonly number[] {
  const least = columns.map((column) => Math.min(column.least, total / 2) + 0.5);
  const full = columns.map((column, index) => Math.max(column.full + 0.5, least[index] ?? 0));
  const sumLeast = least.reduce((sum, width) => sum + width, 0);
  const sumFull = full.reduce((sum, width) => sum + width, 0);
  if (sumLeast >= total) return cappedTo(least, total);
  if (sumFull <= total) return full.map((width) => width + (total - sumFull) / columns.length);
  const spare = total - sumLeast;
  return least.map((width, index) => width + (spare * ((full[index] ?? 0) - width)) / (sumFull - sumLeast));
}

/**
 * Takes what is too much from the widest columns alone: codes and addresses can be broken anywhere, and a column of short
 * words stays as wide as its words.
 */
function cappedTo(widths: readonly number[], total: number): readonly number[] {
  let rest = total;
  let cap = total;
  for (const [index, width] of [...widths].sort((a, b) => a - b).entries()) {
    cap = rest / (widths.length - index);
    if (width > cap) break;
    rest -= width;
  }
  return widths.map((width) => Math.min(width, cap));
}
