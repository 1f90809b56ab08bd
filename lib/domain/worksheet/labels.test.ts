import { describe, expect, test } from "vitest";
import { emptySections } from "@/lib/domain/worksheet/empty";
import { nextLabel } from "@/lib/domain/worksheet/labels";
import { danglingReferences } from "@/lib/domain/worksheet/references";

describe("labels of items", () => {
  test.each([
    ["C", [], "C1"],
    ["C", ["C1", "C2", "C3"], "C4"],
    ["R", ["R3", "R1"], "R4"],
    ["T", ["", "T", "Tx", "T1b", " t7 "], "T8"],
    ["M", ["C9", "M2"], "M3"],
  ] as const)("after %s %j comes %s", (prefix, labels, next) => {
    expect(nextLabel(prefix, labels)).toBe(next);
  });
});

describe("references to controls", () => {
  test("those to a control that is gone are found, others are not", () => {
    const sections = emptySections();
    const risk = { id: "r1", label: "R1", threat: "", asset: "", likelihood: "", impact: "", residual: "" } as const;
    const control = {
      id: "c1",
      label: "C1",
      title: "",
      description: "",
      origin: "new",
      nature: "preventive",
      requirementRef: "",
      aboveAndBeyond: "",
      owner: "",
    } as const;
    const found = danglingReferences({
      ...sections,
      definition: { ...sections.definition, items: { controls: [control] } },
      identifiedRisk: {
        ...sections.identifiedRisk,
        items: {
          risks: [
            { ...risk, controlIds: ["c1", "gone"] },
            { ...risk, id: "r2", controlIds: ["c1"] },
          ],
        },
      },
    });
    expect(found).toEqual([{ section: "identifiedRisk", itemId: "r1", label: "R1", controlIds: ["gone"] }]);
  });
});
