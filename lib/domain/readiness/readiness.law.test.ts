import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  engagementScore,
  PART_WEIGHTS,
  READINESS_PARTS,
  type ReadinessFacts,
  readinessOf,
} from "@/lib/domain/readiness/readiness";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";
import { SECTION_KEYS, SECTION_LABELS } from "@/lib/domain/worksheet/sections";

const section = fc.constantFrom(...SECTION_KEYS);
const finding = fc.record({
  message: fc.constantFrom("It costs.", "It names nobody."),
  section: fc.oneof(fc.constant(null), section),
});
const facts: fc.Arbitrary<ReadinessFacts> = fc.record({
  state: fc.constantFrom(...WORKSHEET_STATES),
  signature: fc.constantFrom(null, "valid", "broken", "needs_revalidation", "revoked", "superseded"),
  unwritten: fc.subarray(SECTION_KEYS.map((key) => ({ section: key, label: SECTION_LABELS[key] }))),
  errors: fc.array(finding, { maxLength: 8 }),
  warnings: fc.array(finding, { maxLength: 8 }),
  controls: fc.array(fc.record({ name: fc.constantFrom("C1", "C2"), hasEvidence: fc.boolean() }), { maxLength: 5 }),
  evidence: fc.array(fc.record({ title: fc.constant("Drill"), section, expired: fc.boolean() }), { maxLength: 5 }),
  criteria: fc.array(fc.record({ name: fc.constant("“Intent”"), answered: fc.boolean(), met: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
  openThreads: fc.nat(9),
});

/** Each thing that somebody can mend, done once. */
const MENDINGS: readonly ((facts: ReadinessFacts) => ReadinessFacts)[] = [
  (one) => ({ ...one, unwritten: one.unwritten.slice(1) }),
  (one) => ({ ...one, errors: one.errors.slice(1) }),
  (one) => ({ ...one, warnings: one.warnings.slice(1) }),
  (one) => ({ ...one, openThreads: Math.max(0, one.openThreads - 1) }),
  (one) => ({
    ...one,
    // Evidence is attached to a control that had none.
    controls: first(one.controls, ({ hasEvidence }) => !hasEvidence, { hasEvidence: true }),
    evidence: one.controls.some(({ hasEvidence }) => !hasEvidence)
      ? [...one.evidence, { title: "New", section: "definition", expired: false }]
      : one.evidence,
  }),
  (one) => ({ ...one, evidence: first(one.evidence, ({ expired }) => expired, { expired: false }) }),
  (one) => ({ ...one, criteria: first(one.criteria, ({ answered }) => !answered, { answered: true }) }),
  (one) => ({ ...one, criteria: first(one.criteria, ({ met }) => !met, { met: true }) }),
  (one) => ({ ...one, state: "signed", signature: "valid" }),
];

function first<T>(list: readonly T[], isOpen: (one: T) => boolean, mended: Partial<T>): readonly T[] {
  const at = list.findIndex(isOpen);
  return list.map((one, index) => (index === at ? { ...one, ...mended } : one));
}

describe("the readiness of a worksheet", () => {
  it("is never lowered by mending something", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...MENDINGS), (one, mend) => {
        expect(readinessOf(mend(one)).score).toBeGreaterThanOrEqual(readinessOf(one).score);
      }),
    );
  });

  it("is 100 exactly for a signature that holds on a worksheet from which nothing is missing", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { score, parts } = readinessOf(one);
        const complete = parts.every(({ gaps }) => gaps.length === 0);
        expect(score === 100).toBe(complete);
        if (complete) expect(one).toMatchObject({ state: "signed", signature: "valid", errors: [], openThreads: 0 });
      }),
    );
    const whole = MENDINGS.reduce<ReadinessFacts>(
      (one, mend) => Array.from({ length: 9 }).reduce<ReadinessFacts>(mend, one),
      {
        ...{ state: "draft", signature: null, errors: [], warnings: [], evidence: [], openThreads: 3 },
        unwritten: SECTION_KEYS.map((key) => ({ section: key, label: SECTION_LABELS[key] })),
        controls: [{ name: "C1", hasEvidence: false }],
        criteria: [{ name: "“Intent”", answered: false, met: false }],
      },
    );
    expect(readinessOf(whole).score).toBe(100);
  });

  it("is explained: the parts add up to it, and each point that is missing has words that say what to do", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { score, parts } = readinessOf(one);
        const tenths = parts.reduce((sum, { points }) => sum + Math.round(points * 10), 0);
        expect(score).toBe(Math.floor(tenths / 10));
        for (const { points, weight, gaps } of parts) {
          expect(points).toBeGreaterThanOrEqual(0);
          expect(points < weight).toBe(gaps.length > 0);
          for (const { words } of gaps) expect(words).toMatch(/^\S.*\.$/);
        }
      }),
    );
  });

  it("weighs 100 in all", () => {
    expect(READINESS_PARTS.reduce((sum, id) => sum + PART_WEIGHTS[id].weight, 0)).toBe(100);
  });
});

describe("the readiness of an engagement", () => {
  it("is the mean without what was withdrawn, and 100 only when each of them is", () => {
    const line = fc.record({ state: fc.constantFrom(...WORKSHEET_STATES), score: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const counted = lines.filter(({ state }) => state !== "withdrawn");
        const score = engagementScore(lines);
        if (counted.length === 0) {
          expect(score).toBeNull();
          return;
        }
        expect(score === 100).toBe(counted.every((one) => one.score === 100));
        expect(score).toBeLessThanOrEqual(Math.max(...counted.map((one) => one.score)));
        expect(score).toBeGreaterThanOrEqual(Math.min(...counted.map((one) => one.score)));
      }),
    );
    expect(engagementScore([])).toBeNull();
  });
});
