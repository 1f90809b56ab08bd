import { expect, test } from "vitest";
import { DEFAULT_RIGOUR_SETTINGS, RIGOUR_BOUNDS, settingsOutOfBounds } from "@/lib/domain/rigour/settings";

test("the defaults lie within the bounds", () => {
  expect(settingsOutOfBounds(DEFAULT_RIGOUR_SETTINGS)).toEqual([]);
});

test.each(Object.keys(RIGOUR_BOUNDS) as (keyof typeof RIGOUR_BOUNDS)[])("%s stays within its bounds", (name) => {
  const { min, max, whole } = RIGOUR_BOUNDS[name];
  const out = (value: number) => settingsOutOfBounds({ ...DEFAULT_RIGOUR_SETTINGS, [name]: value });
  expect([min, max].flatMap(out)).toEqual([]);
  for (const value of [min - 0.1, max + 0.1, Number.NaN, Number.POSITIVE_INFINITY]) expect(out(value)).toEqual([name]);
  if (whole) expect(out(min + 0.5)).toEqual([name]);
});

test("a year is the end of what the standard asks for each year", () => {
  expect(RIGOUR_BOUNDS.validationAgeDays.max).toBe(365);
  expect(RIGOUR_BOUNDS.evidenceAgeDays.max).toBe(365);
  expect(RIGOUR_BOUNDS.reviewMonths.max).toBe(12);
});
