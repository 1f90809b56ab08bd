import type { Sheet } from "@/lib/render/pdf/sheet";
import { enclosed, heightOf, type Strip, tagsOf, within } from "@/lib/render/pdf/strip";
import { ATTRIBUTES, Tag } from "@/lib/render/pdf/structure";
import { COLOURS, type Colour } from "@/lib/render/pdf/theme";

/** A cell that is laid out already, for the column's inner width. */
export interface Cell {
  readonly strips: readonly Strip[];
  readonly tint?: Colour;
  /** Whether it names its row or column; the head's cells always do. */
  readonly head?: "row" | "column";
}

/** A table that is laid out already. Widths are outer widths of the columns, in points. */
export interface TableLayout {
  readonly widths: readonly number[];
  readonly head?: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** Lines between rows only, around every cell, or none. */
  readonly rules: "rows" | "grid" | "none";
  readonly padding?: { readonly x: number; readonly y: number };
  /**
   * What it is to a reader that does not see the page: a table; terms, each with what is said of it; lines of a table of
   * contents; or nothing, because columns only put things beside each other. By default a table when it has rules.
   */
  readonly meaning?: TableMeaning;
}

/** What columns and rows stand for. */
export type TableMeaning = "table" | "terms" | "contents" | "none";

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
  const parts = new TableParts(table);
  const head = parts.head();
  const body = table.rows.flatMap((row, index) => parts.row(row, index === 0 && head.length === 0));
  return parts.enclose([...head, ...body]);
}

/** Lays out head and rows of a table one by one, for tables too long to be held as a whole. */
export class TableParts {
  readonly #table: TableLayout;
  readonly #meaning: TableMeaning;
  #repeat: readonly Strip[] = [];
  /** What the rows hang in; null where rows stand for nothing. */
  readonly tag: Tag | null;

  constructor(table: TableLayout) {
    this.#table = table;
    this.#meaning = table.meaning ?? (table.rules === "none" ? "none" : "table");
    const type = OUTER[this.#meaning];
    this.tag = type ? new Tag(type) : null;
  }

  /** The head; empty when there is none. */
  head(): readonly Strip[] {
    const { head } = this.#table;
    if (!head) return [];
    const named = head.map((cell) => ({ ...cell, head: "column" as const }));
    const strips = this.#tagged(named, rowStrips(named, this.#table, { first: true, head: true }));
    this.#repeat = heightOf(strips) > 150 ? [] : strips;
    return strips.map((strip) => ({ ...strip, keepWithNext: true }));
  }

  /** A row of the body, which repeats the head when a page is turned before it. */
  row(row: readonly Cell[], first = false): readonly Strip[] {
    const strips = this.#tagged(row, rowStrips(row, this.#table, { first, head: false }));
    const repeat = this.#repeat;
    return repeat.length === 0 ? strips : strips.map((strip) => ({ ...strip, repeat }));
  }

  /** All strips of the table as one whole, where its rows stand for something. */
  enclose(strips: readonly Strip[]): readonly Strip[] {
    const { tag } = this;
    if (!tag) return strips;
    for (const row of tagsOf(strips)) tag.add(row);
    return strips.map((strip) => (strip.tag ? { ...strip, tag } : strip));
  }

  #tagged(cells: readonly Cell[], strips: readonly Strip[]): readonly Strip[] {
    const tag = rowTag(cells, this.#meaning);
    if (tag) return within(strips, tag);
    // What stands beside each other is read one after the other, as far as the first strip goes.
    const tags = cells.flatMap((cell) => tagsOf(cell.strips));
    const [only] = tags;
    if (tags.length === 1 && only) return within(strips, only);
    return tags.length === 0 ? strips : within(strips, new Tag("Div", tags));
  }
}

const OUTER = { table: "Table", terms: "L", contents: "TOC", none: null } as const;

function rowTag(cells: readonly Cell[], meaning: TableMeaning): Tag | null {
  switch (meaning) {
    case "table":
      return new Tag("TR", cells.map(cellTag));
    case "terms":
      return new Tag(
        "LI",
        cells.map((cell, index) => enclosed(cell.strips, index === 0 ? "Lbl" : "LBody")),
      );
    case "contents":
      return new Tag(
        "TOCI",
        cells.flatMap((cell) => tagsOf(cell.strips)),
      );
    case "none":
      return null;
  }
}

function cellTag({ strips, head }: Cell): Tag {
  const tag = enclosed(strips, head ? "TH" : "TD");
  if (head) tag.attributes = head === "row" ? ATTRIBUTES.rowHead : ATTRIBUTES.columnHead;
  return tag;
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
