import { expect, it } from "vitest";
import { readAsFar } from "./read-as-far";

/** A list that comes two items at a time. */
const read = async (cursor: string | undefined) => {
  const from = cursor === undefined ? 0 : Number(cursor);
  const items = [..."abcde"].slice(from, from + 2);
  return { items, nextCursor: from + 2 < 5 ? String(from + 2) : null };
};

it("reads a list as far as it was asked for, and no further", async () => {
  expect(await readAsFar(0, read)).toEqual({ items: ["a", "b"], nextCursor: "2" });
  expect(await readAsFar(2, read)).toEqual({ items: ["a", "b"], nextCursor: "2" });
  expect(await readAsFar(3, read)).toEqual({ items: [..."abcd"], nextCursor: "4" });
});

it("ends with a list that has become shorter", async () => {
  expect(await readAsFar(90, read)).toEqual({ items: [..."abcde"], nextCursor: null });
});
