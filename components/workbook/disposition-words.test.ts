import { describe, expect, it } from "vitest";
import { CHOICE_ORDER, choiceBarrier, WORKSHEET_STANDS } from "@/components/workbook/disposition-words";
import { workbookRow } from "@/components/workbook/row.fixture";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";

const worksheet = { id: "w", state: "draft", revision: 1, openThreads: 0, validity: null } as const;

describe("the choices of a row", () => {
  it("offer every disposition once, and the fix before the compensation", () => {
    expect([...CHOICE_ORDER].sort()).toEqual([...DISPOSITIONS].sort());
    expect(CHOICE_ORDER.indexOf("fix_planned")).toBeLessThan(CHOICE_ORDER.indexOf("compensating_control"));
  });
  it("are closed while a worksheet stands, but its own", () => {
    const row = workbookRow({ worksheet });
    expect(choiceBarrier("met", row, "ROC", null)).toBe(WORKSHEET_STANDS);
    expect(choiceBarrier("compensating_control", row, "ROC", null)).toBeNull();
    const withdrawn = workbookRow({ worksheet: { ...worksheet, state: "withdrawn" } });
    expect(choiceBarrier("met", withdrawn, "ROC", null)).toBeNull();
    expect(choiceBarrier("compensating_control", withdrawn, "ROC", null)).toContain("Reopen");
  });
  it("open the customized approach in a ROC of 4.0.1 alone", () => {
    expect(choiceBarrier("customized_approach", workbookRow(), "SAQ", null)).toContain("ROC");
    expect(choiceBarrier("customized_approach", workbookRow({ standardVersion: "3.2.1" }), "ROC", null)).toContain(
      "ROC",
    );
    expect(choiceBarrier("customized_approach", workbookRow(), "ROC", null)).toBeNull();
  });
});
