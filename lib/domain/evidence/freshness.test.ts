import { expect, it } from "vitest";
import { freshnessOf } from "@/lib/domain/evidence/freshness";

it.each([
  ["2026-11-23", "expired"],
  ["2026-11-24", "expiring"],
  ["2026-12-24", "expiring"],
  ["2026-12-25", "fresh"],
  [null, "fresh"],
] as const)("evidence valid until %s is %s on 24 November 2026", (validUntil, expected) => {
  expect(freshnessOf(validUntil, "2026-11-24")).toBe(expected);
});
