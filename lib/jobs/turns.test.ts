import { expect, it } from "vitest";
import { Turns } from "./turns";

const groupOf = (thing: string) => thing.slice(0, 1);

it("goes round the groups, and within one by the order that was given", () => {
  const turns = new Turns();
  let left = ["a1", "a2", "a3", "a4", "b1", "b2", "c1"];
  const order: string[] = [];
  while (left.length > 0) {
    const next = turns.next(left, groupOf) ?? "";
    order.push(next);
    left = left.filter((one) => one !== next);
  }
  expect(order).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
  expect(turns.next([], groupOf)).toBeUndefined();
});

it("lets a group go first that had nothing to do for a while", () => {
  const turns = new Turns();
  for (const one of ["a1", "b1"]) turns.next([one], groupOf);
  expect(turns.next(["b2", "a2"], groupOf)).toBe("a2");
  turns.keep(["a"]);
  expect(turns.next(["a3", "b3"], groupOf)).toBe("b3");
});
