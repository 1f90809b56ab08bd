import { describe, expect, it } from "vitest";
import { shareWidth } from "@/lib/render/pdf/table";

const sum = (widths: readonly number[]) => widths.reduce((all, width) => all + width, 0);

describe("shareWidth", () => {
  it("gives all of the width away, whatever the columns want", () => {
    for (const wants of [[10], [10, 20, 30], [400, 10, 10], [300, 300, 300]]) {
      const columns = wants.map((least) => ({ least, full: least * 2 }));
      expect(sum(shareWidth(columns, 300))).toBeCloseTo(300);
    }
  });

  it("takes what is too much from a column of long codes, not from one of short words", () => {
    const [number, words, codes] = shareWidth(
      [
        { least: 12, full: 12 },
        { least: 60, full: 200 },
        { least: 400, full: 400 },
      ],
      200,
    );
    expect(number).toBeGreaterThanOrEqual(12);
    expect(words).toBeGreaterThanOrEqual(60);
    expect(codes).toBeLessThanOrEqual(128);
  });
});
