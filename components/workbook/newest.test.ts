import { describe, expect, it } from "vitest";
import { newest } from "@/components/workbook/newest";
import { workbookRow } from "@/components/workbook/row.fixture";

describe("newest", () => {
  it("prefers the higher version and adds what is new, in the standard's order", () => {
    const loaded = [
      workbookRow({ id: "a", requirementNumber: "10.2.1", version: 3 }),
      workbookRow({ id: "b", requirementNumber: "3.6.1", version: 1 }),
    ];
    const saved = [
      workbookRow({ id: "a", requirementNumber: "10.2.1", version: 2, note: "old" }),
      workbookRow({ id: "b", requirementNumber: "3.6.1", version: 2, note: "new" }),
      workbookRow({ id: "c", requirementNumber: "9.1" }),
    ];
    expect(newest(loaded, saved).map(({ id, note }) => `${id}${note}`)).toEqual(["bnew", "c", "a"]);
  });
});
