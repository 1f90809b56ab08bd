import { describe, expect, it } from "vitest";
import { type DecisionFacts, judgeValidity, type ValidityFacts } from "@/lib/domain/sign-off/validity";

const signed: DecisionFacts = { kind: "signed", revision: 2, digest: "abc", day: "2026-03-10" };
const facts: ValidityFacts = {
  decisions: [signed],
  currentRevision: 2,
  recomputedDigest: "abc",
  evidence: [{ title: "Key policy", validUntil: "2026-12-31" }],
  files: [],
  today: "2026-11-24",
};
const status = (changed: Partial<ValidityFacts>) => judgeValidity({ ...facts, ...changed })?.status;

describe("the validity of a signature", () => {
  it("does not exist before anybody signed", () => {
    expect(judgeValidity({ ...facts, decisions: [{ ...signed, kind: "refused" }] })).toBeNull();
  });

  it("holds while nothing has changed", () => {
    expect(status({})).toBe("valid");
  });

  it("breaks when a file that was signed over is damaged or gone, and needs a look when one is held", () => {
    const of = (state: "damaged" | "removed" | "infected" | "whole") =>
      status({ files: [{ name: "trace.txt", state }] });
    expect([of("damaged"), of("removed")]).toEqual(["broken", "broken"]);
    expect([of("infected"), of("whole")]).toEqual(["needs_revalidation", "valid"]);
  });

  it("breaks when the stored content no longer has the signed digest", () => {
    expect(status({ recomputedDigest: "abd" })).toBe("broken");
    expect(status({ recomputedDigest: null })).toBe("broken");
  });

  it("asks for a new look when evidence has expired, on the day after its last", () => {
    expect(status({ today: "2026-12-31" })).toBe("valid");
    expect(status({ today: "2027-01-01" })).toBe("needs_revalidation");
  });

  it("asks for a new look a year after the signature", () => {
    expect(status({ today: "2027-03-09", evidence: [] })).toBe("valid");
    expect(status({ today: "2027-03-10", evidence: [] })).toBe("needs_revalidation");
  });

  it("is superseded by the next revision, and still broken when its own content was changed", () => {
    expect(status({ currentRevision: 3 })).toBe("superseded");
    expect(status({ currentRevision: 3, recomputedDigest: "x" })).toBe("broken");
  });

  it("is revoked by its signer, until somebody signs anew", () => {
    const revoked: DecisionFacts = { ...signed, kind: "revoked" };
    expect(status({ decisions: [signed, revoked] })).toBe("revoked");
    expect(status({ decisions: [signed, revoked, signed] })).toBe("valid");
  });
});
