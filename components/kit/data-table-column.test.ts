import { expect, test } from "vitest";
import { type DataColumn, inOrder } from "@/components/kit/data-table-column";

interface Row {
  readonly name: string | null;
  readonly count: number;
}
const ROWS: readonly Row[] = [
  { name: "item 10", count: 2 },
  { name: null, count: 1 },
  { name: "Item 9", count: 2 },
];
const column = (given: Partial<DataColumn<Row>>): DataColumn<Row> => ({
  id: "x",
  header: "X",
  cell: () => null,
  ...given,
});
const places = (rows: readonly Row[]) => rows.map((row) => ROWS.indexOf(row));

test("words are ordered by their numbers and not by their letters' case, and nothing stands last", () => {
  expect(places(inOrder(ROWS, column({ sortBy: ({ name }) => name }), false))).toEqual([2, 0, 1]);
  expect(places(inOrder(ROWS, column({ sortBy: ({ name }) => name }), true))).toEqual([0, 2, 1]);
});

test("rows that are equal keep their order, both ways", () => {
  expect(places(inOrder(ROWS, column({ sortBy: ({ count }) => count }), false))).toEqual([1, 0, 2]);
  expect(places(inOrder(ROWS, column({ sortBy: ({ count }) => count }), true))).toEqual([0, 2, 1]);
});

test("a column's own order comes first, and without anything to sort by rows stay as they came", () => {
  const own = column({
    sortBy: ({ count }) => count,
    compare: (a, b) => (b.name ?? "").length - (a.name ?? "").length,
  });
  expect(places(inOrder(ROWS, own, false))).toEqual([0, 2, 1]);
  expect(inOrder(ROWS, column({}), false)).toBe(ROWS);
  expect(inOrder(ROWS, undefined, true)).toBe(ROWS);
});
