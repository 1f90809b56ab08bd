import { expect, test } from "vitest";
import { markerOf } from "@/components/worksheet/narrative/clean-pasted-html";

test.each(["", "·", "o", "§", "Ø", "—", "->", "**"])("%j before an item is a bullet", (sign) => {
  expect(markerOf(sign)).toEqual({ tag: "ul", number: null });
});

test.each([
  ["1.", "1"],
  ["12)", "12"],
  ["7", "7"],
  ["a.", null],
  ["B)", null],
  ["cc.", null],
  ["xviii.", null],
  ["IV)", null],
])("%s before an item is its number, which the list counts itself", (sign, number) => {
  expect(markerOf(sign)).toEqual({ tag: "ol", number });
});

test.each(["Req. 1:", "(a)", "(1)", "Article I.", "1.1.", "3.5.1.2", "Step 2.", "Req.", "12345."])(
  "%s before an item stays in its text, because no list shows it",
  (sign) => {
    expect(markerOf(sign)).toMatchObject({ tag: "ul", isText: true });
  },
);
