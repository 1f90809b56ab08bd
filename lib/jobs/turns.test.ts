import { expect, it } from "vitest";
import { Turns } from "./turns";

const groupsOf = (thing: string) => [thing.slice(0, 1)];

/** Things in the order in which they have their turns. */
function inTurn(turns: Turns, things: readonly string[], of: (thing: string) => readonly string[]): string[] {
  const order: string[] = [];
  let left = [...things];
  while (left.length > 0) {
    const next = turns.next(left, of) ?? "";
    order.push(next);
    left = left.filter((one) => one !== next);
  }
  return order;
}

it("goes round the groups, and within one by the order that was given", () => {
  const turns = new Turns();
  expect(inTurn(turns, ["a1", "a2", "a3", "a4", "b1", "b2", "c1"], groupsOf)).toEqual([
    "a1",
    "b1",
    "c1",
    "a2",
    "b2",
    "a3",
    "a4",
  ]);
  expect(turns.next([], groupsOf)).toBeUndefined();
});

it("goes round the outer groups first, so that one with many inner ones has no more turns", () => {
  const things = ["Aa1", "Aa2", "Ab1", "Ac1", "Ad1", "Be1", "Be2", "Be3"];
  const order = inTurn(new Turns(), things, (thing) => [thing.slice(0, 1), thing.slice(0, 2)]);
  expect(order).toEqual(["Aa1", "Be1", "Ab1", "Be2", "Ac1", "Be3", "Ad1", "Aa2"]);
});

it("lets a group go first that had nothing to do for a while", () => {
  const turns = new Turns();
  for (const one of ["a1", "b1"]) turns.next([one], groupsOf);
  expect(turns.next(["b2", "a2"], groupsOf)).toBe("a2");
  turns.keep(["a"]);
  expect(turns.next(["a3", "b3"], groupsOf)).toBe("b3");
});
