import { expect, it } from "vitest";
import { applyPlanInput } from "@/lib/contracts/oscal-import";

const ID = "0199f3a4-0000-7000-8000-000000000001";
const fields = {
  ...{ section: "validation", itemId: null, title: "Proof", url: "https://evidence.example/1", shows: "" },
  ...{ collectedOn: "2026-11-24", validUntil: null },
};
const errorsOf = (evidence: readonly unknown[], more: object = {}) => {
  const worksheet = { dispositionId: ID, worksheetId: ID, rowVersion: null, eligibility: null, parts: [], reasons: [] };
  const parsed = applyPlanInput.safeParse({ worksheets: [{ ...worksheet, evidence, ...more }], rows: [] });
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
};

it("asks for the evidence that stood where any is to be added, and there alone", () => {
  const added = { changes: null, fields };
  expect(errorsOf([added])).toEqual([
    {
      path: "worksheets.0.seen",
      message: "Say what evidence stood when this was read, as the preview gave it: none would be an empty list.",
    },
  ]);
  expect(errorsOf([added], { seen: [] })).toEqual([]);
  expect(errorsOf([added], { seen: [{ id: ID, version: 2 }] })).toEqual([]);
  expect(errorsOf([{ changes: { id: ID, version: 2 }, fields }])).toEqual([]);
  expect(errorsOf([])).toEqual([]);
  expect(errorsOf([added], { seen: [ID] }).map(({ path }) => path)).toContain("worksheets.0.seen.0");
});
