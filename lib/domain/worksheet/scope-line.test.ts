import { describe, expect, test } from "vitest";
import { scopeLine } from "@/lib/domain/worksheet/scope-line";

const items = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `s${n}`, kind: "key" as const, name: `key-${n + 1}`, detail: "" }));

describe("the line on what a worksheet covers", () => {
  test("lists what there is and leaves blank names out", () => {
    expect(scopeLine([])).toBe("");
    expect(scopeLine([...items(2), { id: "x", kind: "other", name: "  ", detail: "" }])).toBe("key-1, key-2");
  });

  test("counts what no longer fits, but never a single one", () => {
    expect(scopeLine(items(7))).toBe("key-1, key-2, key-3, key-4, key-5, key-6, key-7");
    expect(scopeLine(items(9))).toBe("key-1, key-2, key-3, key-4, key-5, key-6 and 3 more");
  });
});
