import { describe, expect, test } from "vitest";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import { findingsIn, type Outcome } from "@/lib/domain/rigour/finding";
import { stopsFor } from "@/lib/domain/rigour/gate";
import { failedRules, standingReasons, wantingReason, withReason } from "@/lib/domain/rigour/reasons";
import { RULES } from "@/lib/domain/rigour/rules";
import { submissionBlockers } from "@/lib/domain/workflow/all-blockers";
import { rigourBlockers } from "@/lib/domain/workflow/submission";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import { emptySections } from "@/lib/domain/worksheet/empty";
import { sectionOrder } from "@/lib/domain/worksheet/sections";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { control, type Edit, edited, gate, items, knowledgeOf, narrative, noEvidence } from "@/test/rigour";

async function blockers(edits: readonly Edit[], reasons: readonly WarningReason[] = []) {
  const subject = edited(...edits);
  const knowledge = await knowledgeOf(subject.standardVersion, subject.requirementNumber);
  const outcomes = evaluateRigour(subject, knowledge);
  return { found: rigourBlockers(outcomes, reasons), warnings: findingsIn(outcomes, "warning") };
}

const ANSWERS = SAMPLE_ANSWERS.items.answers;
const detectOnly = control("c1", { nature: "detective" });

describe("submission blockers", () => {
  test("a full worksheet passes", async () => {
    expect((await blockers([])).found).toEqual([]);
  });

  test("an empty one is stopped by all six rows", async () => {
    const { found } = await blockers([(subject) => ({ ...subject, sections: emptySections() })]);
    const empty = found.filter(({ rule }) => rule === "L02");
    expect(empty.map(({ section }) => section)).toEqual(sectionOrder("4.0.1"));
    expect(empty[0]?.message).toContain("All six sections must have content");
  });

  test("white space alone is no content", async () => {
    const { found } = await blockers([narrative("objective", " \u00a0 ")]);
    expect(found).toMatchObject([{ section: "objective", code: "finding", rule: "L02" }]);
  });

  test("a legal bar is sent to the legal exception", async () => {
    const { found } = await blockers([items("constraints", { constraintType: "legal" })]);
    expect(found).toMatchObject([{ section: "constraints", rule: "L04" }]);
    expect(found[0]?.message).toContain("Legal exception");
  });

  test("a rule that failed stops it until somebody says how else it was made sure of", async () => {
    const subject = edited();
    const knowledge = await knowledgeOf(subject.standardVersion, subject.requirementNumber);
    const broken = RULES.map((rule) =>
      rule.id === "L12"
        ? {
            ...rule,
            evaluate: () => {
              throw new TypeError(subject.sections.constraints.items.scope[0]?.name);
            },
          }
        : rule,
    );
    const outcomes = evaluateRigour(subject, knowledge, undefined, broken);
    expect(rigourBlockers(outcomes, [])).toMatchObject([{ code: "not_evaluated", rule: "L12", section: null }]);
    const [failed] = wantingReason(outcomes);
    const reasons = failed ? withReason([], failed, "Nothing here is owed elsewhere: we went through the list.") : [];
    expect(reasons).toMatchObject([{ rule: "L12", message: expect.stringContaining("L12 was not evaluated") }]);
    expect(rigourBlockers(outcomes, reasons)).toEqual([]);
    expect(failedRules(outcomes)).toEqual([{ rule: "L12", detail: "L12 could not be asked (TypeError)." }]);
    expect(standingReasons(wantingReason(outcomes), reasons)).toEqual(reasons);
  });

  test("the gate is asked for itself, and says once what a rule says too", async () => {
    const subject = edited(gate({ legalBar: true, storedSad: null }));
    const knowledge = await knowledgeOf(subject.standardVersion, subject.requirementNumber);
    const stops = stopsFor(knowledge, subject.facts);
    const all = (outcomes: readonly Outcome[]) =>
      submissionBlockers({ version: "4.0.1", stops, outcomes, reasons: [], evidence: [], answers: ANSWERS });
    const expected = [
      { code: "gate", rule: "L08", question: "storedSad" },
      { code: "gate", rule: "L04", question: "legalBar", wayOut: "legal_exception" },
    ];
    expect(all(evaluateRigour(subject, knowledge))).toMatchObject(expected);
    expect(all(evaluateRigour(subject, knowledge))).toHaveLength(2);
    // Whatever becomes of the rules, the gate stands.
    expect(all([])).toMatchObject(expected);
  });

  test("infos never stop it", async () => {
    expect((await blockers([items("objective", { objectiveRef: "" })])).found).toEqual([]);
  });

  test("a warning stops it until there is a reason, and again when it is about something else", async () => {
    const { found, warnings } = await blockers([detectOnly]);
    expect(found).toMatchObject([{ code: "warning", rule: "L18" }]);
    const [warning] = warnings;
    const reasons = warning ? withReason([], warning, " The requirement itself only detects. ") : [];
    expect(reasons).toMatchObject([{ rule: "L18", reason: "The requirement itself only detects." }]);
    expect((await blockers([detectOnly, narrative("maintenance", "x".repeat(90))], reasons)).found).toEqual([]);
    const third = control("c1", { nature: "detective", id: "c9" });
    expect((await blockers([third, noEvidence], reasons)).found).toContainEqual(
      expect.objectContaining({ code: "warning", rule: "L18" }),
    );
    expect(warning && withReason(reasons, warning, "  ")).toEqual([]);
  });
});
