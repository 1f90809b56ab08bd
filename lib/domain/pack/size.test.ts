import { expect, it } from "vitest";
import { LARGEST_PACK, tooLargeBecause, warningOf } from "@/lib/domain/pack/size";

it("refuses a pack by the sum of its files, and says how large the evidence is and what to do", () => {
  const half = { size: LARGEST_PACK / 2 };
  expect(tooLargeBecause([half], [half])).toBeNull();
  expect(tooLargeBecause([half, { size: 1 }], [half])).toMatch(/larger than 4 GB.*evidence have 2\.12 GB\..*All data/);
  expect(tooLargeBecause([], [{ size: 5_000_000_000 }, { size: 1 }])).toMatch(/5\.01 GB/);
});

it("warns beside an estimate of what would hardly be made", () => {
  expect(warningOf(LARGEST_PACK)).toBe("");
  expect(warningOf(LARGEST_PACK + 1)).toMatch(/^No pack can be larger than 4 GB.*All data/);
});
