import { expect, it } from "vitest";
import { afterReading, type Found, filtersKey } from "./found-list";

const found = (q: string): Found => ({
  key: filtersKey({ q, version: "" }),
  list: { items: [], nextCursor: null },
});

it("takes the same words for the same search, however they are spaced around", () => {
  expect(found(" kiosks ").key).toBe(found("kiosks").key);
  expect(found("kiosks").key).not.toBe(filtersKey({ q: "kiosks", version: "4.0.1" }));
});

it("shows what the server has read anew by the same filters, or by those that are wanted", () => {
  const [shown, same, other] = [found("a"), found("a"), found("b")];
  expect(afterReading(shown, same, same.key)).toBe(same);
  expect(afterReading(shown, same, other.key)).toBe(same);
  expect(afterReading(shown, other, other.key)).toBe(other);
});

it("keeps what is shown where the filters have changed since the server was asked", () => {
  const [shown, late] = [found("a"), found("b")];
  expect(afterReading(shown, late, shown.key)).toBe(shown);
  expect(afterReading(shown, late, found("c").key)).toBe(shown);
});
