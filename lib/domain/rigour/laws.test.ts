import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { Finding, RuleId } from "@/lib/domain/rigour/finding";
import { findingsIn } from "@/lib/domain/rigour/finding";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import { RULES } from "@/lib/domain/rigour/rules";
import type { RigourFacts, RigourSubject } from "@/lib/domain/rigour/subject";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { putTogether, type SectionItem, takeApart } from "@/lib/domain/worksheet/section-shape";
import type { SectionKey } from "@/lib/domain/worksheet/sections";
import { passingSections } from "@/test/fixtures/passing-worksheet";
import { edited, knowledgeOf, narrative, TODAY, textAt } from "@/test/rigour";
import { evidenceArbitrary, sectionsArbitrary } from "@/test/worksheet-arbitrary";

let knowledge: RigourKnowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf("4.0.1", "8.3.4");
});

const maybe = fc.option(fc.boolean());
const facts: fc.Arbitrary<RigourFacts> = fc.record({
  today: fc.constantFrom(TODAY, "2028-02-29"),
  assessmentType: fc.constantFrom("ROC" as const, "SAQ" as const),
  customizedApproach: fc.boolean(),
  eligibility: fc.record({
    missedActivity: maybe,
    storedSad: maybe,
    legalBar: maybe,
    switchable: maybe,
    whyNotSwitchedOn: fc.string(),
  }),
  people: fc.record({
    authors: fc.subarray(["ana", "ben", "cleo"]),
    approver: fc.constantFrom(null, "ana", "ben"),
    qsas: fc.subarray(["ben", "cleo"]),
  }),
  copiedFrom: fc.option(
    fc.record({
      kind: fc.constantFrom("sample" as const, "worksheet" as const),
      title: fc.string(),
      sections: sectionsArbitrary,
    }),
  ),
  language: fc.constantFrom(null, "en", "en-GB", "de", ""),
});
const subjects: fc.Arbitrary<RigourSubject> = fc.record({
  standardVersion: fc.constantFrom("4.0.1" as const, "3.2.1" as const),
  requirementNumber: fc.constantFrom("8.3.4", "10.5", "", "3.3.1"),
  sections: sectionsArbitrary,
  evidence: fc.array(evidenceArbitrary, { maxLength: 4 }),
  facts,
});

const ask = (subject: RigourSubject) => findingsIn(evaluateRigour(subject, knowledge));

describe("laws of the rules", () => {
  test("the engine never throws, and every rule has an outcome that was asked for", () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const outcomes = evaluateRigour(subject, knowledge);
        expect(outcomes).toHaveLength(25);
        expect(outcomes.filter((one) => one.kind === "not_evaluated" && one.reason === "failed")).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("strings of any kind in any field break no rule", () => {
    const anything = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        const subject = edited(narrative("constraints", a || "x", b || "y"), narrative("identifiedRisk", c || "z"));
        const [control] = subject.sections.definition.items.controls;
        const items = { controls: control ? [{ ...control, requirementRef: a, owner: b, changedOn: c }] : [] };
        const sections = { ...subject.sections, definition: { ...subject.sections.definition, items } };
        const failed = evaluateRigour({ ...subject, sections }, knowledge).filter(
          (one) => one.kind === "not_evaluated" && one.reason === "failed",
        );
        expect(failed).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("findings point at places that exist, and have keys of their own", () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const findings = ask(subject);
        expect(new Set(findings.map(({ key }) => key)).size).toBe(findings.length);
        for (const finding of findings) expectPlace(finding, subject);
      }),
      { numRuns: 200 },
    );
  });

  test("mending what a finding says removes it", () => {
    fc.assert(
      fc.property(subjects, (wild) => {
        const subject: RigourSubject = {
          ...wild,
          standardVersion: "4.0.1",
          requirementNumber: "8.3.4",
          facts: { ...wild.facts, today: TODAY },
        };
        for (const finding of ask(subject)) {
          const mended = mend(finding, subject);
          if (mended === null) continue;
          const own = RULES.filter(({ id }) => id === finding.rule);
          const left = findingsIn(evaluateRigour(mended, knowledge, undefined, own));
          expect(
            left.map(({ key }) => key),
            finding.key,
          ).not.toContain(finding.key);
        }
      }),
      { numRuns: 150 },
    );
  });
});

function expectPlace(finding: Finding, { sections, evidence }: RigourSubject): void {
  const { section, itemId, field, evidenceId, range } = finding.place;
  if (evidenceId !== undefined) expect(evidence.map(({ id }) => id)).toContain(evidenceId);
  if (section === null) return;
  const shape = takeApart(section, sections[section]);
  const item = shape.items.find(({ id }) => id === itemId);
  if (itemId !== undefined) expect(item, finding.key).toBeDefined();
  if (field !== undefined && itemId === undefined) expect(Object.keys(shape.fields)).toContain(field);
  // A field that is optional is a place too: it is where the missing words are to go.
  if (field !== undefined && item) expect([...Object.keys(item), "changedOn", "onChange"]).toContain(field);
  if (range === undefined) return;
  expect(range.from).toBeGreaterThanOrEqual(0);
  expect(range.to).toBeGreaterThan(range.from);
  expect(range.to).toBeLessThanOrEqual(textAt(sections, finding).length);
}

const GOOD = passingSections(TODAY);
/** Does what the finding asks for, where a function can; null where it takes a person. */
function mend(finding: Finding, subject: RigourSubject): RigourSubject | null {
  const { rule, place } = finding;
  if (FACTS_ONLY.includes(rule)) return { ...subject, facts: edited().facts };
  if (rule === "L09") return { ...subject, sections: GOOD, facts: edited().facts };
  if (rule === "L23" && place.field === undefined) return { ...subject, facts: { ...subject.facts, copiedFrom: null } };
  if (place.evidenceId !== undefined) {
    return { ...subject, evidence: subject.evidence.filter(({ id }) => id !== place.evidenceId) };
  }
  if (rule === "L04" && place.field === undefined) return { ...subject, evidence: edited().evidence };
  return place.section === null ? null : mendSection(finding, place.section, subject);
}

const FACTS_ONLY: readonly RuleId[] = ["L07", "L08", "L10", "L24"];

function mendSection({ rule, place }: Finding, section: SectionKey, subject: RigourSubject): RigourSubject | null {
  const written = (content: SectionContent<SectionKey>): RigourSubject => ({
    ...subject,
    sections: { ...subject.sections, [section]: content },
    facts: { ...subject.facts, eligibility: edited().facts.eligibility },
  });
  if (rule === "L02") return written(GOOD[section]);
  const { itemId, field } = place;
  if (field === undefined) return null;
  const shape = takeApart(section, subject.sections[section]);
  if (itemId === undefined) {
    const good = takeApart(section, GOOD[section]).fields[field] ?? "";
    return written(putTogether(section, { ...shape, fields: { ...shape.fields, [field]: good } }));
  }
  const controls = subject.sections.definition.items.controls.map(({ id }) => id);
  if (field === "controlIds" && controls.length === 0) return null;
  const good = { ...takeApart(section, GOOD[section]).items[0], controlIds: controls } as Record<string, unknown>;
  // A control that names no other requirement is a new one.
  const also = field === "requirementRef" ? { origin: "new" } : {};
  const items = shape.items.map((one) =>
    one.id === itemId ? ({ ...one, [field]: good[field], ...also } as SectionItem) : one,
  );
  return written(putTogether(section, { ...shape, items }));
}
