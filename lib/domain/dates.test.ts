import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addYears, daysBetween, isCalendarDay } from "@/lib/domain/dates";

describe("calendar days", () => {
  test.each([
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "26-01-01",
    "0999-01-01",
    "",
    "2026-01-01T00:00:00Z",
    " 2026-01-01",
  ])("%j is none", (text) => {
    expect(isCalendarDay(text)).toBe(false);
    expect(() => daysBetween(text, "2026-01-01")).toThrow(RangeError);
  });

  test("a leap year has its day", () => {
    expect(isCalendarDay("2028-02-29")).toBe(true);
    expect(isCalendarDay("2027-02-29")).toBe(false);
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(addYears("2028-02-29", 1)).toBe("2029-02-28");
    expect(addYears("2027-03-31", 1)).toBe("2028-03-31");
  });

  test("adding days and counting them agree", () => {
    const day = fc.integer({ min: 0, max: 200_000 }).map((days) => addDays("1900-01-01", days));
    fc.assert(
      fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
        const to = addDays(from, days);
        expect(isCalendarDay(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(days);
        expect(daysBetween(to, from)).toBe(days === 0 ? 0 : -days);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
