import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { controlMatrix, type WorksheetLine } from "@/lib/domain/controls/matrix";
import { riskGrid, riskLines, weightOf } from "@/lib/domain/controls/risk-grid";
import { type Control, RISK_LEVELS, type Risk } from "@/lib/domain/worksheet/model";

const line = (requirementNumber: string): WorksheetLine => ({
  ...{
    worksheetId: `w ${requirementNumber}`,
    requirementNumber,
    requirementTitle: "Title",
    state: "draft",
    revision: 1,
  },
});
const control = (id: string, title: string, more: Partial<Control> = {}): Control => ({
  ...{ id, label: id.toUpperCase(), title, description: "", origin: "new", nature: "preventive" },
  ...{ requirementRef: "", aboveAndBeyond: "", owner: "", ...more },
});
const risk = (id: string, more: Partial<Risk> = {}): Risk => ({
  ...{ id, label: id.toUpperCase(), threat: "Guessing", asset: "", likelihood: "", impact: "", residual: "" },
  ...{ controlIds: [], ...more },
});

describe("the matrix of requirements and controls", () => {
  it("puts shared controls first, the most used before the others, and the rest with the worksheet that has it", () => {
    const often = { recordId: "often" };
    const { columns, rows } = controlMatrix([
      { ...line("10.3.4"), controls: [control("c1", "Alarm", often), control("c2", "Own")] },
      { ...line("8.3.4"), controls: [control("c1", "Alarm", { ...often, requirementRef: "10.4.1" })] },
      { ...line("8.3.6"), controls: [control("c1", "Aardvark", { recordId: "once" })] },
    ]);
    expect(columns).toEqual([
      { recordId: "often", title: "Alarm", uses: 2 },
      { recordId: "once", title: "Aardvark", uses: 1 },
    ]);
    expect(rows.map(({ requirementNumber }) => requirementNumber)).toEqual(["8.3.4", "8.3.6", "10.3.4"]);
    expect(rows[0]?.shared.often).toMatchObject({ requirementRef: "10.4.1", nature: "preventive" });
    expect(rows[2]?.own).toMatchObject([{ label: "C2", title: "Own" }]);
  });
});

describe("the grid of risks", () => {
  it("has every risk once, in the field of its levels or among those that nobody has rated", () => {
    const level = fc.constantFrom(...RISK_LEVELS, "" as const);
    const risks = fc.array(fc.record({ id: fc.uuid(), likelihood: level, impact: level }), { maxLength: 12 });
    fc.assert(
      fc.property(risks, (all) => {
        const lines = riskLines([{ ...line("8.3.4"), controls: [], risks: all.map((one) => risk(one.id, one)) }]);
        const { cells, unrated } = riskGrid(lines);
        expect(cells).toHaveLength(9);
        const shown = [...cells.flatMap((cell) => cell.risks), ...unrated].map(({ itemId }) => itemId);
        expect(shown.sort()).toEqual(all.map(({ id }) => id).sort());
        expect(unrated.every(({ likelihood, impact }) => likelihood === "" || impact === "")).toBe(true);
      }),
    );
  });

  it("names the controls that answer a risk, and weighs a field by its distance from the least", () => {
    const [one] = riskLines([
      {
        ...line("8.3.4"),
        controls: [control("c1", "Lock"), control("c2", "Alarm", { label: "" }), control("c3", "Other")],
        risks: [risk("r1", { controlIds: ["c2", "c1", "gone"] })],
      },
    ]);
    expect(one?.controls).toEqual(["C1", "Alarm"]);
    expect(weightOf({ likelihood: "low", impact: "low" })).toBe(1);
    expect(weightOf({ likelihood: "high", impact: "medium" })).toBe(4);
  });
});
