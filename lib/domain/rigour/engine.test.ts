import { describe, expect, test } from "vitest";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import { findingsIn, RULE_IDS, type Rule } from "@/lib/domain/rigour/finding";
import { RULES } from "@/lib/domain/rigour/rules";
import { goodSubject, knowledgeOf, line } from "@/test/rigour";

describe("the engine", () => {
  test("has the 25 rules in the order of their ids, each with what a reader needs to weigh it", () => {
    expect(RULES.map(({ id }) => id)).toEqual(RULE_IDS);
    for (const { title, source, asOf, versions } of RULES) {
      expect(title.length * source.length * versions.length).toBeGreaterThan(0);
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test("finds nothing in a good worksheet", async () => {
    const subject = goodSubject();
    const outcomes = evaluateRigour(subject, await knowledgeOf("4.0.1", "8.3.4"));
    expect(findingsIn(outcomes).map((one) => `${one.rule} ${line(one, subject.sections)}`)).toEqual([]);
    expect(outcomes.filter(({ kind }) => kind !== "met")).toEqual([]);
  });

  test("tells of a rule that throws, and goes on with the others", async () => {
    const [first, ...others] = RULES;
    if (!first) throw new Error("There are no rules.");
    const broken: Rule = {
      ...first,
      evaluate: () => {
        throw new RangeError("a day that does not exist");
      },
    };
    const outcomes = evaluateRigour(goodSubject(), await knowledgeOf("4.0.1", "8.3.4"), undefined, [broken, ...others]);
    expect(outcomes[0]).toEqual({
      rule: "L01",
      kind: "not_evaluated",
      reason: "failed",
      detail: "L01 could not be asked (RangeError).",
      places: [],
    });
    expect(outcomes.slice(1).every(({ kind }) => kind === "met")).toBe(true);
  });
});
