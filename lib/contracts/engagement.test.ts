import { expect, test } from "vitest";
import { createEngagementInput } from "@/lib/contracts/engagement";

const settings = {
  name: "Assessment 2026",
  standardVersion: "4.0.1",
  assessmentType: "ROC",
  periodStart: "2026-01-01",
  periodEnd: "2026-12-31",
  dueOn: "2026-12-15",
  internalReview: false,
};

test.each([
  [{}, []],
  [{ dueOn: "2027-03-31" }, []],
  [{ periodEnd: "2025-12-31" }, ["periodEnd"]],
  [{ dueOn: "2025-12-31" }, ["dueOn"]],
  [{ dueOn: "2026-02-30" }, ["dueOn"]],
  [{ dueOn: "soon", periodEnd: "2025-12-31" }, ["dueOn", "periodEnd"]],
])("settings with %j are wrong in %j", (changed, expected) => {
  const parsed = createEngagementInput.safeParse({ ...settings, ...changed });
  const paths = parsed.error?.issues.map(({ path }) => path.join(".")) ?? [];
  expect([...new Set(paths)]).toEqual(expected);
});
