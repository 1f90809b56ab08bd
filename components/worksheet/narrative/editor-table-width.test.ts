import { Slice } from "prosemirror-model";
import { CellSelection, TableMap } from "prosemirror-tables";
import { expect, test } from "vitest";
import { pasted, pressed, type Shape, shown, stateOf } from "@/components/worksheet/narrative/editor-shapes";
import { MOST_COLUMNS } from "@/lib/domain/worksheet/narrative";

const row = (...cells: readonly string[]): Shape => ["tableRow", ...cells.map((text): Shape => ["tableCell", text])];
const blank = (count: number) => Array.from({ length: count }, () => "");
const tableOf = (...rows: readonly Shape[]) => stateOf(["table", ...rows]);
const copied = tableOf(row("|a", "b", "c", "d", "e"), row("f", "g", "h", "i", "j"));
const table = copied.doc.child(0);
/** As a program gives it, and as cells that were selected in this editor do. */
const WAYS: readonly (readonly [string, Slice])[] = [
  ["a table", copied.doc.slice(0)],
  ["rows", new Slice(table.content, 1, 1)],
  ["a row", new Slice(table.child(0).content, 0, 0)],
];

test.each(WAYS)("%s that is pasted at the edge of a wide table ends where a table has to", (what, slice) => {
  const wide = tableOf(row(...blank(MOST_COLUMNS - 3), "|", "", ""));
  const after = pasted(wide, {}, slice);
  const end = [...blank(MOST_COLUMNS - 3)];
  const second = what === "a row" ? [] : [row(...end, "f", "g", "h")];
  expect(after && shown(after)).toEqual([["table", row(...end, "a", "b", "c"), ...second]]);
});

test("a table grows with what is pasted into it as long as it may", () => {
  const after = pasted(tableOf(row("x", "|")), {}, copied.doc.slice(0));
  expect(after && shown(after)).toEqual([
    ["table", row("x", "a", "b", "c", "d", "e"), row("", "f", "g", "h", "i", "j")],
  ]);
  expect(after && shown(pressed(after, "z", { ctrlKey: true }))).toEqual([["table", row("x", "|")]]);
});

test("a table that is too wide already loses nothing, and gets no wider", () => {
  const after = pasted(tableOf(row(...blank(21), "|", "y")), {}, copied.doc.slice(0));
  expect(after && shown(after)).toEqual([["table", row(...blank(21), "a", "b"), row(...blank(21), "f", "g")]]);
});

test("cells that are selected are filled", () => {
  const wide = tableOf(row("|", ...blank(MOST_COLUMNS - 1)));
  const map = TableMap.get(wide.doc.child(0));
  const [from = 0, to = 0] = map.map.slice(-2);
  const cells = wide.apply(wide.tr.setSelection(CellSelection.create(wide.doc, from + 1, to + 1)));
  const after = pasted(cells, {}, copied.doc.slice(0));
  expect(after?.doc.textContent).toBe("ab");
  expect(after && TableMap.get(after.doc.child(0)).width).toBe(MOST_COLUMNS);
});
