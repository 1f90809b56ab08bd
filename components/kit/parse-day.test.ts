import { describe, expect, test } from "vitest";
import { parseDay } from "@/components/kit/parse-day";

describe("reading a day", () => {
  test.each([
    "2026-12-09",
    "9 Dec 2026",
    "09 december 2026",
    "9. Dec. 2026",
    "9-Dec-2026",
    "9.12.2026",
    " 9/12/2026 ",
    "09-12-2026",
  ])("%s is the ninth of December", (typed) => {
    expect(parseDay(typed)).toBe("2026-12-09");
  });

  test.each(["", "9", "9 Dec", "9 Dec 26", "31.02.2027", "31 June 2026", "2026-13-01", "9 Decimate 2026", "tomorrow"])(
    "%j is no day",
    (typed) => {
      expect(parseDay(typed)).toBeNull();
    },
  );

  test("a leap day exists in leap years only", () => {
    expect(parseDay("29 Feb 2028")).toBe("2028-02-29");
    expect(parseDay("29 Feb 2027")).toBeNull();
  });
});
