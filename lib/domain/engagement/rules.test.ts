import { expect, test } from "vitest";
import { customizedApproachPossible, legacyMark } from "@/lib/domain/engagement/rules";

test("3.2.1 is marked, and only a ROC under 4.0.1 knows the customized approach", () => {
  expect(legacyMark("4.0.1")).toBeNull();
  expect(legacyMark("3.2.1")).toContain("not reportable");
  expect(customizedApproachPossible("4.0.1", "ROC")).toBe(true);
  expect(customizedApproachPossible("4.0.1", "SAQ")).toBe(false);
  expect(customizedApproachPossible("3.2.1", "ROC")).toBe(false);
});
