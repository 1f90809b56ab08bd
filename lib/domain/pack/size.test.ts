import { expect, it } from "vitest";
import { LARGEST_FILE, LARGEST_PACK, MOST_FILES } from "@/lib/domain/pack/limits";
import { tooLargeAlone, tooLargeBecause, warningOf } from "@/lib/domain/pack/size";

const many = (count: number) => Array.from({ length: count }, () => ({ size: 1 }));

it("refuses a pack by the sum of its files, and says how large the evidence is and what to do", () => {
  const half = { size: LARGEST_PACK / 2 };
  expect(tooLargeBecause([half], [half], 0)).toBeNull();
  expect(tooLargeBecause([half, { size: 1 }], [half], 0)).toMatch(
    /larger than 4 GB.*evidence have 2\.00 GB, everything else that is known 2\.01 GB\. .*All data.*part of a large file/,
  );
  expect(tooLargeBecause([], [{ size: 5_000_000_000 }, { size: 1 }], 0)).toMatch(/evidence have 5\.01 GB/);
});

it("refuses a pack by the number of its files, with those that are still to be made", () => {
  expect(tooLargeBecause(many(10), many(MOST_FILES - 30), 20)).toBeNull();
  expect(tooLargeBecause(many(10), many(MOST_FILES - 30), 21)).toMatch(
    /would have 50,001 files, 49,970 of them evidence, and no pack can have more than 50,000\. .*All data.*into one file/,
  );
});

it("warns beside an estimate of what would hardly be made, by bytes and by files", () => {
  expect(warningOf({ bytes: LARGEST_PACK, files: MOST_FILES })).toBe("");
  expect(warningOf({ bytes: LARGEST_PACK + 1, files: null })).toMatch(/^It would have about 4\.01 GB.*All data/);
  expect(warningOf({ bytes: 1, files: 61_234 })).toMatch(/^It would have about 61,234 files.*50,000.*All data/);
});

it("leaves out by itself only a file for which whoever verifies would refuse the pack", () => {
  expect(tooLargeAlone({ size: LARGEST_FILE })).toBeNull();
  expect(tooLargeAlone({ size: 300_000_000 })).toMatch(
    /^It has 300 MB, and a pack holds no file of more than 268 MB\./,
  );
});
