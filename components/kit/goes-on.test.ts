import { expect, test } from "vitest";
import { goesOn } from "@/components/kit/goes-on";

test.each(["a", "Enter", "Backspace", "Tab", "Escape"])("whoever presses %s goes on", (key) => {
  expect(goesOn({ key, repeat: false })).toBe(true);
});

test("whoever points somewhere or dictates goes on, and has no key", () => {
  expect(goesOn({})).toBe(true);
});

test.each([
  { key: "Shift", repeat: false },
  { key: "Control", repeat: false },
  // Of the key that opened what is asked for.
  { key: "Enter", repeat: true },
])("a key that is held is no going on: %j", (event) => {
  expect(goesOn(event)).toBe(false);
});
