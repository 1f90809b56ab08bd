import { describe, expect, test } from "vitest";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { ACCEPTANCE_CRITERIA, criteriaFor } from "@/lib/domain/worksheet/criteria";
import { guidanceFor } from "@/lib/domain/worksheet/guidance";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

describe("guidance", () => {
  test.each(SECTION_KEYS.flatMap((section) => STANDARD_VERSIONS.map((version) => ({ section, version }))))(
    "$section of $version says what is asked, what is criticised, and shows both ways",
    ({ section, version }) => {
      const guidance = guidanceFor(section, version);
      expect(guidance.asks.length).toBeGreaterThan(60);
      expect(guidance.criticised.length).toBeGreaterThanOrEqual(2);
      expect(guidance.sources.length).toBeGreaterThan(0);
      expect(guidance.good.length).toBeGreaterThan(guidance.poor.length);
    },
  );

  test("every criterion of a version is answered by a section", () => {
    for (const version of STANDARD_VERSIONS) {
      const answered = new Set(SECTION_KEYS.flatMap((section) => criteriaFor(section, version).map((one) => one.id)));
      const owed = ACCEPTANCE_CRITERIA.filter((one) => one.numberIn[version] !== null).map((one) => one.id);
      expect([...answered].sort()).toEqual(owed.sort());
    }
  });

  test("only 4.0.1 says that the past cannot be repaired", () => {
    const ids = (version: "3.2.1" | "4.0.1") => criteriaFor("maintenance", version).map((one) => one.id);
    expect(ids("4.0.1")).toEqual(["now_and_future"]);
    expect(ids("3.2.1")).toEqual([]);
  });
});
