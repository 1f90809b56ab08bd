import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Outcome, RULE_IDS } from "@/lib/domain/rigour/finding";
import { gateInWords } from "@/lib/domain/rigour/gate-words";
import { recordOutcomes, reportOf, tallyOfRules } from "@/lib/domain/rigour/report";
import { UNANSWERED, type WarningReason } from "@/lib/domain/worksheet/answers";

const finding = (rule: Outcome["rule"], key: string, severity: "error" | "warning" | "info" = "warning") => ({
  rule,
  severity,
  key,
  message: `About ${key}.`,
  place: { section: "definition" as const, range: { from: 3, to: 9 } },
});
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom(...RULE_IDS).map((rule): Outcome => ({ rule, kind: "met" })),
  fc.constantFrom(...RULE_IDS).map((rule): Outcome => ({ rule, kind: "not_applicable", detail: "Nothing there." })),
  fc
    .constantFrom(...RULE_IDS)
    .map((rule): Outcome => ({ rule, kind: "not_evaluated", reason: "failed", detail: "It threw.", places: [] })),
  fc.tuple(fc.constantFrom(...RULE_IDS), fc.constantFrom("error", "warning", "info")).map(
    ([rule, severity]): Outcome => ({
      rule,
      kind: "findings",
      findings: [finding(rule, `${rule}:a`, severity as "error")],
      unread: [],
    }),
  ),
);
const outcomes = fc.uniqueArray(outcome, { selector: ({ rule }) => rule });

describe("what is recorded of the rules", () => {
  it("keeps every rule with what came of it, and no place in a text", () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        const records = recordOutcomes(all);
        expect(records.map(({ rule, kind }) => [rule, kind])).toEqual(all.map(({ rule, kind }) => [rule, kind]));
        expect(JSON.stringify(records)).not.toContain('"range"');
        expect(reportOf(records, []).rules.map(({ rule }) => rule)).toEqual(all.map(({ rule }) => rule));
      }),
    );
  });

  it("says nothing of why a text could not be read where everything was met", () => {
    expect(recordOutcomes([{ rule: "L01", kind: "met" }])).toEqual([
      { rule: "L01", kind: "met", detail: "", findings: [] },
    ]);
  });
});

describe("a report", () => {
  const reason = (rule: string, key: string): WarningReason => ({
    key,
    rule,
    section: "definition",
    message: `About ${key}.`,
    reason: "It is meant so.",
  });

  it("puts each reason beside the warning that it answers, and with its rule where the rule could not be asked", () => {
    const records = recordOutcomes([
      { rule: "L18", kind: "findings", findings: [finding("L18", "L18:a"), finding("L18", "L18:b")], unread: [] },
      { rule: "L05", kind: "not_evaluated", reason: "failed", detail: "L05 could not be asked.", places: [] },
    ]);
    const { rules, recorded } = reportOf(records, [reason("L18", "L18:b"), reason("L05", "L05:failed")]);
    expect(recorded).toBe(true);
    expect(rules.map(({ findings }) => findings.map((one) => [one.key, one.reason]))).toEqual([
      [
        ["L18:a", null],
        ["L18:b", "It is meant so."],
      ],
      [["L05:failed", "It is meant so."]],
    ]);
    expect(tallyOfRules(rules)).toBe("2 rules: 1 with findings, 1 not evaluated.");
  });

  it("keeps a reason whose warning has passed with the rule that is met by now, and says so", () => {
    const { rules } = reportOf(recordOutcomes([{ rule: "L18", kind: "met" }]), [reason("L18", "L18:a")]);
    expect(rules[0]?.findings).toMatchObject([
      { message: "No longer raised: About L18:a.", reason: "It is meant so." },
    ]);
  });

  it("tells of a revision from before outcomes were recorded the reasons alone, and says so", () => {
    const { rules, recorded } = reportOf(null, [reason("L18", "L18:a"), reason("L99", "L99:x")]);
    expect(recorded).toBe(false);
    expect(rules.map(({ rule, findings }) => [rule, findings.length])).toEqual([["L18", 1]]);
  });
});

describe("the gate in words", () => {
  it("tells what is not answered from what is denied, and the reason only where one was given", () => {
    const answers = { ...UNANSWERED, legalBar: false, switchable: true };
    expect(gateInWords(answers).map(({ text }) => text)).toEqual(["Not answered", "Not answered", "No", "Yes"]);
    expect(gateInWords({ ...answers, whyNotSwitchedOn: " AWS has none. " }).at(-1)?.text).toBe("AWS has none.");
  });
});
