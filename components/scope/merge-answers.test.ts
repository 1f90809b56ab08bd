import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givenAnswers, mergeAnswers } from "@/components/scope/merge-answers";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";

const answers = fc.record(
  { usesCli: fc.boolean(), usesSdk: fc.boolean(), retentionDays: fc.nat(500), sharedIds: fc.boolean() },
  { requiredKeys: [] },
) as fc.Arbitrary<ScopeAnswers>;

describe("mergeAnswers", () => {
  it("keeps what either changed", () => {
    const start: ScopeAnswers = { usesCli: true, usesSdk: true };
    expect(mergeAnswers(start, { ...start, usesCli: false }, { ...start, trailOn: true })).toEqual({
      answers: { usesCli: false, usesSdk: true, trailOn: true },
      conflicts: [],
    });
  });
  it("names what both changed differently and keeps mine", () => {
    const merged = mergeAnswers({}, { retentionDays: 365 }, { retentionDays: 90 });
    expect(merged).toEqual({ answers: { retentionDays: 365 }, conflicts: ["retentionDays"] });
  });
  it("lets an answer be taken back", () => {
    const start: ScopeAnswers = { usesCli: true, keyOptions: ["xks"] };
    expect(mergeAnswers(start, { keyOptions: ["xks"] }, start).answers).toEqual({ keyOptions: ["xks"] });
  });
  it("changes nothing when nobody changed anything, and takes theirs when I did not", () => {
    fc.assert(
      fc.property(answers, answers, (start, theirs) => {
        expect(mergeAnswers(start, start, theirs)).toEqual({ answers: givenAnswers(theirs), conflicts: [] });
        expect(mergeAnswers(start, theirs, start)).toEqual({ answers: givenAnswers(theirs), conflicts: [] });
      }),
    );
  });
});
