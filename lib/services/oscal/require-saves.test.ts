import { expect, it } from "vitest";
import { MOST_SAVES } from "@/lib/contracts/oscal-import";
import { requireSaves } from "@/lib/services/oscal/require-saves";

const ID = "0199f3a4-0000-7000-8000-000000000001";
const fields = {
  ...{ section: "validation" as const, itemId: null, title: "Proof", url: "", shows: "" },
  ...{ collectedOn: "2026-11-24", validUntil: null },
};
const worksheet = (saves: number) => ({
  ...{ dispositionId: ID, worksheetId: ID, rowVersion: null, eligibility: null, parts: [], reasons: [] },
  ...{ seen: [], leaves: [], evidence: Array.from({ length: saves }, () => ({ changes: null, fields })) },
});

it("tells whoever takes in too much what to choose: fewer worksheets, or of one alone a part of it", () => {
  const tried =
    (...saves: readonly number[]) =>
    () =>
      requireSaves({ worksheets: saves.map(worksheet), rows: [] });
  expect(tried(MOST_SAVES)).not.toThrow();
  expect(tried(200, 51)).toThrow("251 saves; at most 250 are made at once. Choose fewer worksheets and fixes");
  expect(tried(MOST_SAVES + 1)).toThrow("Take in a part of its evidence and reasons, then import the plan again");
});
