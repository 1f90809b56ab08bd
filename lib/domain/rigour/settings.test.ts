import { expect, test } from "vitest";
import {
  changedSettings,
  DEFAULT_RIGOUR_SETTINGS,
  effectiveSettings,
  RIGOUR_BOUNDS,
  settingsOutOfBounds,
} from "@/lib/domain/rigour/settings";

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

test("what an organisation set holds, and what is no value within its bounds falls back", () => {
  expect(effectiveSettings(null)).toEqual(DEFAULT_RIGOUR_SETTINGS);
  const set = { sectionLength: 200, likeness: 0.95, reviewMonths: "6", evidenceAgeDays: 90, unknown: 1 };
  const effective = effectiveSettings(set);
  expect(effective).toEqual({ ...DEFAULT_RIGOUR_SETTINGS, sectionLength: 200, evidenceAgeDays: 90 });
  expect(changedSettings(effective)).toEqual({ sectionLength: 200, evidenceAgeDays: 90 });
  expect(changedSettings(DEFAULT_RIGOUR_SETTINGS, effective)).toEqual({ sectionLength: 80, evidenceAgeDays: 365 });
});
