import type { EditorState } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import * as lists from "@/components/worksheet/narrative/editor-lists";
import { NODES } from "@/components/worksheet/narrative/editor-schema";
import { done, pressed, type Shape, shown, stateOf } from "@/components/worksheet/narrative/editor-shapes";
import { toNarrative } from "@/components/worksheet/narrative/to-narrative";
import { narrativeSchema } from "@/lib/contracts/narrative";

const taken = (state: EditorState) => narrativeSchema.safeParse(toNarrative(state.doc.toJSON() as EditorNode)).success;

/** A list of one item in so many others, with a text in each. */
const nested = (levels: number, last: string): Shape =>
  levels === 1 ? ["ul", ["li", last]] : ["ul", ["li", `l${levels}`, nested(levels - 1, last)]];

describe("lists within lists", () => {
  test("go as deep as the server takes them, and Tab no further", () => {
    const state = stateOf([
      "ul",
      ["li", "a", ["ul", ["li", "b", ["ul", ["li", "c", ["ul", ["li", "d"], ["li", "e|"]]]]]]],
    ]);
    expect(taken(state)).toBe(true);
    expect(shown(pressed(state, "Tab", { keyCode: 9 }))).toEqual(shown(state));
    expect(shown(done(state, lists.sinkItem))).toEqual(shown(state));
    const third = stateOf(["ul", ["li", "a", ["ul", ["li", "b", ["ul", ["li", "c"], ["li", "d|"]]]]]]);
    expect(taken(done(third, lists.sinkItem))).toBe(true);
  });

  test("that are deeper go on at the deepest level, in their order, with the cursor where it was", () => {
    const deep = stateOf(nested(7, "end|"));
    expect(taken(deep)).toBe(true);
    expect(shown(deep)).toEqual([
      [
        "ul",
        [
          "li",
          "l7",
          ["ul", ["li", "l6", ["ul", ["li", "l5", ["ul", ["li", "l4"], ["li", "l3"], ["li", "l2"], ["li", "end|"]]]]]],
        ],
      ],
    ]);
  });

  test("in a cell begin deeper already", () => {
    const cell = (levels: number) => stateOf(["table", ["tableRow", ["tableCell", nested(levels, "x|")]]]);
    expect(taken(cell(3))).toBe(true);
    expect(shown(cell(4))).toEqual([
      [
        "table",
        ["tableRow", ["tableCell", ["ul", ["li", "l4", ["ul", ["li", "l3", ["ul", ["li", "l2"], ["li", "x|"]]]]]]]],
      ],
    ]);
    expect(taken(cell(4))).toBe(true);
  });

  test("are not begun where they would be too deep", () => {
    const state = stateOf([
      "table",
      ["tableRow", ["tableCell", ["ul", ["li", "a", ["ul", ["li", "b", ["ul", ["li", "c"], ["li", "d", "e|"]]]]]]]],
    ]);
    const made = done(state, lists.toggleList(NODES.orderedList));
    expect(taken(made)).toBe(true);
  });
});
