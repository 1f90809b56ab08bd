import { expect, test } from "vitest";
import { dayInWords, instantInWords } from "@/lib/domain/format-date";

test("days and instants are put in words, in UTC, and other text stays as it is", () => {
  expect(dayInWords("2026-09-04")).toBe("4 September 2026");
  expect(instantInWords("2026-12-31T23:59:30.000+00:00")).toBe("31 December 2026, 23:59 UTC");
  expect(instantInWords("2026-01-01T00:30:00+02:00")).toBe("31 December 2025, 22:30 UTC");
  for (const odd of ["", "soon", "2026-13-01", "2026-9-4"]) expect(dayInWords(odd)).toBe(odd);
  expect(instantInWords("soon")).toBe("soon");
});
