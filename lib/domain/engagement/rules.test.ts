import { describe, expect, test } from "vitest";
import {
  customizedApproachPossible,
  decidingRoles,
  type EngagementSettings,
  engagementNotices,
  legacyMark,
} from "@/lib/domain/engagement/rules";

const settings: EngagementSettings = {
  standardVersion: "4.0.1",
  assessmentType: "ROC",
  periodStart: "2026-01-01",
  periodEnd: "2026-12-31",
  dueOn: "2026-12-15",
  internalReview: false,
  hasAssessorCompany: true,
};
const notices = (changed: Partial<EngagementSettings>) =>
  engagementNotices({ ...settings, ...changed }).map(({ severity, field }) => `${severity} ${field}`);

describe("rules of an engagement", () => {
  test("a usual one needs no word", () => {
    expect(notices({})).toEqual([]);
    expect(notices({ periodStart: "2028-01-01", periodEnd: "2028-12-31", dueOn: "2029-01-31" })).toEqual([]);
  });

  test.each([
    [{ periodEnd: "2025-12-31" }, ["error periodEnd"]],
    [{ periodEnd: "2027-01-02" }, ["warning periodEnd"]],
    [{ dueOn: "2025-12-31" }, ["error dueOn"]],
    [{ dueOn: "2026-02-30" }, ["error dueOn"]],
    [{ standardVersion: "3.2.1" as const }, ["warning standardVersion"]],
    [{ hasAssessorCompany: false }, ["warning hasAssessorCompany"]],
    [{ hasAssessorCompany: false, assessmentType: "SAQ" as const }, []],
  ])("%j", (changed, expected) => {
    expect(notices(changed)).toEqual(expected);
  });

  test("the assessor company's lead decides, and an ISA or officer without one", () => {
    expect(decidingRoles(true)).toEqual(["qsa_lead"]);
    expect(decidingRoles(false)).toEqual(["isa", "officer"]);
  });

  test("3.2.1 is marked, and only a ROC under 4.0.1 knows the customized approach", () => {
    expect(legacyMark("4.0.1")).toBeNull();
    expect(legacyMark("3.2.1")).toContain("not reportable");
    expect(customizedApproachPossible("4.0.1", "ROC")).toBe(true);
    expect(customizedApproachPossible("4.0.1", "SAQ")).toBe(false);
    expect(customizedApproachPossible("3.2.1", "ROC")).toBe(false);
  });
});
