import { expect, test } from "vitest";
import { Recent } from "@/lib/services/recent";

test("what was asked for the longest ago goes first, and nothing is as good an answer as any", () => {
  const recent = new Recent<string | null>(2);
  recent.set("a", "A");
  recent.set("b", null);
  expect([recent.get("a"), recent.get("b"), recent.get("a")]).toEqual(["A", null, "A"]);
  recent.set("c", "C");
  expect([recent.get("a"), recent.get("b"), recent.get("c")]).toEqual(["A", undefined, "C"]);
  recent.set("a", "again");
  expect(recent.get("a")).toBe("again");
});
