import { expect, it } from "vitest";
import { requireBounded } from "@/lib/services/controls/require-room";

const UNCHANGED = { add: [], change: [], adopt: [], remove: [] };
const worksheets = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ worksheetId: `w${at}`, plan: UNCHANGED, rows: [] }));

it("bounds a change of the text alone, which writes a text and an event for each worksheet", () => {
  const all = worksheets(2_001);
  const ids = all.map(({ worksheetId }) => worksheetId);
  expect(() => requireBounded(all, new Set(ids.slice(1)))).not.toThrow();
  expect(() => requireBounded(all, new Set(ids))).toThrow(
    /would write 4,002 .* of 2,001 worksheets at once, and at most 4,000 can be\. Let some/,
  );
  expect(() => requireBounded(all, new Set())).not.toThrow();
});
