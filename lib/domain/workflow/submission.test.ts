import { describe, expect, test } from "vitest";
import { submissionBlockers } from "@/lib/domain/workflow/submission";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { SECTION_KEYS, sectionOrder } from "@/lib/domain/worksheet/sections";

const text = (value: string): Narrative => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text: value }] }],
});

function filled(): WorksheetSections {
  const sections = emptySections();
  return {
    constraints: {
      ...sections.constraints,
      narrative: text("No setting exists."),
    },
    definition: { ...sections.definition, narrative: text("C1 locks.") },
    objective: { ...sections.objective, narrative: text("No guessing.") },
    identifiedRisk: {
      ...sections.identifiedRisk,
      narrative: text("Guessing."),
    },
    validation: { ...sections.validation, narrative: text("Tried on 2 May.") },
    maintenance: { ...sections.maintenance, narrative: text("Monthly.") },
  };
}

describe("submission blockers", () => {
  test("a full worksheet passes", () => {
    expect(submissionBlockers(filled(), "4.0.1")).toEqual([]);
  });

  test.each(["4.0.1", "3.2.1"] as const)("an empty one is stopped by all six rows in the order of %s", (version) => {
    const blockers = submissionBlockers(emptySections(), version);
    expect(blockers.map((blocker) => blocker.section)).toEqual(sectionOrder(version));
    expect(blockers.every((blocker) => blocker.code === "section_empty")).toBe(true);
  });

  test.each(SECTION_KEYS)("white space alone is no content: %s", (key) => {
    const sections = {
      ...filled(),
      [key]: { ...emptySections()[key], narrative: text(" \u00a0\n") },
    };
    expect(submissionBlockers(sections, "4.0.1")).toMatchObject([{ section: key, code: "section_empty" }]);
  });

  test("an item that says something is content, a bare one is not", () => {
    const task = {
      id: "1",
      label: "M1",
      task: "Review",
      owner: "",
      frequency: "",
      monitoring: "",
      onFailure: "",
    };
    const withTask = (value: string): WorksheetSections => ({
      ...filled(),
      maintenance: {
        ...emptySections().maintenance,
        items: {
          tasks: [{ ...task, task: value }],
          reviewDue: "",
          exitPlan: "",
        },
      },
    });
    expect(submissionBlockers(withTask("Review the lock"), "4.0.1")).toEqual([]);
    expect(submissionBlockers(withTask(""), "4.0.1")).toHaveLength(1);
  });

  test("a legal bar is sent to the legal exception", () => {
    const sections = filled();
    const legal: WorksheetSections = {
      ...sections,
      constraints: {
        ...sections.constraints,
        items: { constraintType: "legal", scope: [] },
      },
    };
    const [blocker] = submissionBlockers(legal, "4.0.1");
    expect(blocker).toMatchObject({
      section: "constraints",
      code: "legal_constraint",
    });
    expect(blocker?.message).toContain("Legal exception");
  });
});
