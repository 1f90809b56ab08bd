import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GateContext, gateStops } from "@/lib/domain/rigour/gate";
import { GATE_QUESTIONS, WAY_OUT_WORDS } from "@/lib/domain/rigour/gate-words";
import { type EligibilityAnswers, UNANSWERED } from "@/lib/domain/worksheet/answers";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";

const context: GateContext = {
  requirementNumber: "8.3.4",
  configurationGap: false,
  customizedApproach: false,
  assessmentType: "ROC",
};
const no: EligibilityAnswers = { ...LET_THROUGH, whyNotSwitchedOn: "" };
const stops = (answers: Partial<EligibilityAnswers>, change: Partial<GateContext> = {}) =>
  gateStops({ ...no, ...answers }, { ...context, ...change }).map(
    ({ rule, question, wayOut }) => `${rule} ${question} ${wayOut}`,
  );

describe("the gate", () => {
  test("lets through what is answered and allowed", () => {
    expect(stops({})).toEqual([]);
    expect(stops({ switchable: true, whyNotSwitchedOn: LET_THROUGH.whyNotSwitchedOn })).toEqual([]);
    expect(stops({ whyNotSwitchedOn: LET_THROUGH.whyNotSwitchedOn }, { configurationGap: true })).toEqual([]);
  });

  test("leads each answer to its way out", () => {
    expect(stops({ missedActivity: true })).toEqual(["L09 missedActivity fix_planned"]);
    expect(stops({ storedSad: true })).toEqual(["L08 storedSad fix_planned"]);
    expect(stops({ legalBar: true })).toEqual(["L04 legalBar legal_exception"]);
    expect(stops({ switchable: true })).toEqual(["L07 whyNotSwitchedOn fix_planned"]);
    expect(stops({}, { configurationGap: true })).toEqual(["L07 whyNotSwitchedOn fix_planned"]);
    expect(stops({ switchable: true, whyNotSwitchedOn: "It would be too expensive this year." })).toEqual([
      "L07 whyNotSwitchedOn fix_planned",
    ]);
    expect(stops({}, { customizedApproach: true })).toEqual(["L10 null undecided"]);
  });

  test("says of a self-assessment that it knows no customized approach", () => {
    const [stop] = gateStops(no, { ...context, customizedApproach: true, assessmentType: "SAQ" });
    expect(stop?.message).toContain("self-assessment does not know");
  });

  test("asks every question, and stops at each that nobody answered", () => {
    const asked = gateStops(UNANSWERED, context).map(({ question }) => question);
    expect(asked).toEqual(GATE_QUESTIONS);
    for (const question of GATE_QUESTIONS) expect(stops({ [question]: null })).toHaveLength(1);
  });

  test("has a name for every way out, and never lets a bad answer through, whatever else is answered", () => {
    const answer = fc.constantFrom(true, false, null);
    const answers = fc.record({
      missedActivity: answer,
      storedSad: answer,
      legalBar: answer,
      switchable: answer,
      whyNotSwitchedOn: fc.string(),
    });
    fc.assert(
      fc.property(answers, fc.boolean(), fc.boolean(), (given, configurationGap, customizedApproach) => {
        const found = gateStops(given, { ...context, configurationGap, customizedApproach });
        for (const { wayOut } of found) if (wayOut) expect(WAY_OUT_WORDS[wayOut]).toBeTruthy();
        const bad = given.missedActivity || given.storedSad || given.legalBar || customizedApproach;
        const open = GATE_QUESTIONS.some((question) => given[question] === null);
        if (bad || open) expect(found.length).toBeGreaterThan(0);
      }),
    );
  });
});
