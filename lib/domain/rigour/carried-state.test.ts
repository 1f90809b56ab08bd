import { beforeAll, describe, expect, test } from "vitest";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { type CarriedNow, stateOfAdded } from "@/lib/domain/rigour/carried-state";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { referenceBlockers } from "@/lib/domain/workflow/carry-over-gate";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import { carryOver } from "@/lib/domain/worksheet/carry-over";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { doc, para } from "@/test/fixtures/narrative";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { goodSubject } from "@/test/rigour";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await readCatalogueFiles();
});

/** A worksheet of 3.2.1 whose first control names a requirement that was split. */
function source(): WorksheetSections {
  const { sections } = goodSubject();
  const [first, ...more] = sections.definition.items.controls;
  if (!first) throw new Error("The worksheet has no control.");
  const controls = [{ ...first, label: "C1", requirementRef: "1.1.6" }, ...more];
  return { ...sections, definition: { ...sections.definition, items: { controls } } };
}
const taken = () => ({
  sections: source(),
  answers: SAMPLE_ANSWERS.items.answers.filter(({ id }) => id !== "now_and_future"),
});

/** How each added part stands once the worksheet reads so, by its id. */
function states(
  sections: WorksheetSections,
  answers: readonly CriterionAnswer[] = taken().answers,
  reasons: readonly WarningReason[] = [],
): Readonly<Record<string, string>> {
  const worksheet = { standardVersion: "3.2.1", requirementNumber: "8.1.6", ...taken() } as const;
  const target = { standardVersion: "4.0.1", requirementNumber: "8.3.4", changed: "" } as const;
  const { added, references } = carryOver(worksheet, target, catalogue);
  const outcomes = outcomesOf(sections);
  const now: CarriedNow = { references, taken: taken(), sections, answers, outcomes, reasons };
  return Object.fromEntries(added.map((part) => [part.id, stateOfAdded(part, now)]));
}

function outcomesOf(sections: WorksheetSections) {
  const subject = goodSubject();
  const copiedFrom = { kind: "worksheet" as const, title: "8.1.6", sections: source() };
  const facts = { ...subject.facts, copiedFrom };
  return evaluateRigour({ ...subject, sections, facts }, knowledgeFor(catalogue, "4.0.1", "8.3.4"));
}

const rewritten = "Quarterly tests at Lübeck prove nothing here; every wizard juggles foxes, and boxes of quartz jump.";
const withText = (section: "constraints" | "objective", text: string): WorksheetSections => ({
  ...source(),
  [section]: { ...source()[section], narrative: doc(para(text)) },
});

describe("what is to be written anew", () => {
  test("is all open as the worksheet comes, but for what is a mere remark", () => {
    const { "criterion.added_risk": remark, ...others } = states(source());
    expect(remark).toBe("remark");
    expect(new Set(Object.values(others))).toEqual(new Set(["open"]));
  });

  test("is written once the section reads otherwise, and open again when it is emptied", () => {
    const written = states(withText("objective", rewritten));
    expect(written).toMatchObject({
      "objective.aim": "written",
      "objective.reached": "written",
      "constraints.documented": "open",
    });
    expect(states(withText("objective", " "))).toMatchObject({ "objective.aim": "open" });
  });

  test("does not count a new date as a new text", () => {
    const { content } = source().constraints.narrative;
    const dated = { ...source().constraints, narrative: doc(...content, para("24 November 2026.")) };
    expect(states({ ...source(), constraints: dated })).toMatchObject({ "constraints.documented": "open" });
  });

  test("holds once somebody says why, to the very text that stands there", () => {
    const begun = withText("objective", rewritten);
    const copy = findingsIn(outcomesOf(begun)).find(({ key }) => key.startsWith("L23:copy:constraints:"));
    const reason = {
      key: copy?.key ?? "",
      rule: "L23",
      section: "constraints",
      message: "",
      reason: "Confirmed again.",
    } as const;
    expect(states(begun, undefined, [reason])).toMatchObject({
      "constraints.documented": "holds",
      "definition.requirement": "open",
    });
  });

  test("asks for the new criterion, and for a look at the answer whose place has changed", () => {
    const answers = taken().answers;
    const answered = [...answers, { id: "now_and_future" as const, answer: "Since 3 March." }];
    expect(states(source(), answered)).toMatchObject({
      "criterion.now_and_future": "written",
      "criterion.beyond": "open",
    });
    const looked = answers.map((one) =>
      one.id === "beyond" ? { ...one, answer: `${one.answer} Holds in 4.0.1.` } : one,
    );
    expect(states(source(), looked)).toMatchObject({
      "criterion.now_and_future": "open",
      "criterion.beyond": "written",
    });
  });

  test("stops a submission while a control names a number of the version before", () => {
    const worksheet = { standardVersion: "3.2.1", requirementNumber: "8.1.6", ...taken() } as const;
    const target = { standardVersion: "4.0.1", requirementNumber: "8.3.4", changed: "" } as const;
    const { references } = carryOver(worksheet, target, catalogue);
    const id = references[0]?.itemId ?? "";
    expect(referenceBlockers(references, source())).toMatchObject([
      { section: "definition", code: "reference_open", message: expect.stringContaining("C1 names “1.1.6”") },
    ]);
    const [first, ...more] = source().definition.items.controls;
    if (!first) throw new Error("The worksheet has no control.");
    for (const controls of [[{ ...first, requirementRef: "1.2.5" }, ...more], more]) {
      const sections = { ...source(), definition: { ...source().definition, items: { controls } } };
      expect(referenceBlockers(references, sections)).toEqual([]);
      expect(states(sections)).toMatchObject({ [`reference.${id}`]: "written" });
    }
  });

  test.each([
    ["other words around it", { requirementRef: "Requirement 1.1.6, as before." }, true],
    ["a control that was removed and added again", { id: "anew", requirementRef: "1.1.6" }, true],
    ["another number beside it", { requirementRef: "1.1.6, 1.2.5" }, true],
    ["the version before beside it", { requirementRef: "1.1.6 of v3.2.1" }, true],
    ["a number that may be meant", { requirementRef: "1.2.5" }, false],
    ["a number that may be meant, in a new control", { id: "anew", requirementRef: "1.2.5" }, false],
    ["the same number of today, by its version", { requirementRef: "1.1.6 of v4.0.1" }, false],
    ["nothing", { requirementRef: "" }, false],
  ])("takes a choice by the number that is named: %s", (_says, change, open) => {
    const worksheet = { standardVersion: "3.2.1", requirementNumber: "8.1.6", ...taken() } as const;
    const target = { standardVersion: "4.0.1", requirementNumber: "8.3.4", changed: "" } as const;
    const { references } = carryOver(worksheet, target, catalogue);
    const { definition } = source();
    const [first, ...more] = definition.items.controls;
    if (!first) throw new Error("The worksheet has no control.");
    const sections = { definition: { ...definition, items: { controls: [{ ...first, ...change }, ...more] } } };
    expect(referenceBlockers(references, sections)).toHaveLength(open ? 1 : 0);
  });
});
