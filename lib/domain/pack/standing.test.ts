import { expect, it } from "vitest";
import { revisionPath } from "@/lib/domain/pack/layout";
import { standingsOf } from "@/lib/domain/pack/standing";

it("what nobody has signed is called a worksheet or a record by where it lies", () => {
  const documents = [
    { id: "a", revision: 2 },
    { id: "b", revision: 1, kind: "risk_analysis" },
  ] as const;
  const revisions = documents.map((one) => ({ id: one.id, number: one.revision, path: revisionPath(one) }));
  expect(standingsOf([], revisions, new Date("2026-09-22T08:00:00.000Z")).map(({ says }) => says)).toEqual([
    "Nobody has signed this worksheet; revision 2 is in the pack.",
    "Nobody has signed this record; revision 1 is in the pack.",
  ]);
});
