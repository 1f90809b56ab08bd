import { describe, expect, it } from "vitest";
import { addEvidenceInput } from "@/lib/contracts/evidence";
import { sectionContentSchema } from "@/lib/contracts/section";
import { uuid } from "@/lib/contracts/text";
import { find } from "@/lib/domain/catalogue/tree";
import { FILE_KINDS, kindByName } from "@/lib/domain/evidence/file-kinds";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { Finding, Outcome } from "@/lib/domain/rigour/finding";
import { knowledgeFor, type RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import { compared, likeness } from "@/lib/domain/rigour/likeness";
import { RULES } from "@/lib/domain/rigour/rules";
import { summariseText } from "@/lib/domain/rigour/section-length";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import type { RigourFacts, RigourSubject } from "@/lib/domain/rigour/subject";
import { ACCEPTANCE_CRITERIA } from "@/lib/domain/worksheet/criteria";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { SAMPLES, sampleFor } from "@/lib/samples/library";
import type { Sample } from "@/lib/samples/sample";
import { sampleOn } from "@/lib/samples/sample-on";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";

const catalogue = await readCatalogueFiles();
const PEOPLE = { authors: ["author-1", "author-2"], approver: "approver", qsas: ["qsa"] } as const;
/** A day in each month, since rules read months as words; among them both ends of a year, and a leap day. */
const DAYS = [
  "2027-01-01",
  "2028-02-29",
  "2027-03-31",
  "2027-04-11",
  "2027-05-20",
  "2027-06-30",
  "2027-07-07",
  "2028-08-31",
  "2026-09-14",
  "2027-10-12",
  "2026-11-26",
  "2026-12-31",
] as const;
const everyDay = SAMPLES.flatMap((sample) =>
  DAYS.map((today) => ({ id: sample.id, today, sample: sampleOn(sample, today) })),
);
const each = SAMPLES.map((sample) => ({ id: sample.id, sample }));

function knowledgeOf({ standardVersion, requirementNumber }: Sample): RigourKnowledge {
  return knowledgeFor(catalogue, standardVersion, requirementNumber);
}

function subjectOf(sample: Sample, today: string, copiedFrom: RigourFacts["copiedFrom"] = null): RigourSubject {
  const { standardVersion, requirementNumber, sections, evidence, eligibility } = sample;
  return {
    standardVersion,
    requirementNumber,
    sections,
    evidence,
    facts: {
      today,
      assessmentType: "ROC",
      customizedApproach: false,
      eligibility,
      people: PEOPLE,
      copiedFrom,
      language: null,
    },
  };
}

/** Errors, warnings and infos alike. */
function findingsIn(outcomes: readonly Outcome[]): readonly Finding[] {
  return outcomes.flatMap((outcome) => (outcome.kind === "findings" ? outcome.findings : []));
}

describe("the library", () => {
  it("has one sample for each row that still or partly holds today, and none for another", () => {
    const holding = catalogue.articleRows.filter(({ statusToday }) => statusToday !== "no longer").map(({ id }) => id);
    expect(SAMPLES.map(({ articleRow }) => articleRow)).toEqual(holding);
    expect(SAMPLES.length).toBeGreaterThanOrEqual(16);
    for (const { id } of catalogue.articleRows) expect(sampleFor(id)?.id).toBe(holding.includes(id) ? id : undefined);
  });

  it.each(each)("$id is about a leaf of its row in the standard of today", ({ sample }) => {
    const row = catalogue.articleRows.find(({ id }) => id === sample.articleRow);
    const own = catalogue.requirements.filter(({ version }) => version === sample.standardVersion);
    expect(sample.standardVersion).toBe("4.0.1");
    expect(row?.v4Numbers).toContain(sample.requirementNumber);
    expect(find(own, sample.requirementNumber)).toMatchObject({ leaf: true, noCcw: false });
  });

  it("says nothing twice: no paragraph stands in two samples, and no section is like another's", () => {
    const seen = new Map<string, string>();
    for (const sample of SAMPLES) {
      for (const text of proseOf(sample)) {
        expect(`${seen.get(text) ?? sample.id}: ${text}`).toBe(`${sample.id}: ${text}`);
        seen.set(text, sample.id);
      }
    }
    for (const section of SECTION_KEYS) {
      const texts = SAMPLES.map(({ id, sections }) => ({ id, text: compared(summariseText(sections, section)) }));
      for (const [index, one] of texts.entries()) {
        for (const other of texts.slice(index + 1)) {
          expect(likeness(one.text, other.text), `${section} of ${one.id} and ${other.id}`).toBeLessThan(0.7);
        }
      }
    }
  });
});

/** Texts of a sample that are long enough to be prose. */
function proseOf(sample: Sample): readonly string[] {
  const found: string[] = [];
  const collect = (value: unknown) => {
    if (typeof value === "string" && value.length >= 60) found.push(value);
    else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) collect(one);
  };
  collect({ ...sample, evidence: sample.evidence.map(({ shows }) => shows) });
  return found;
}

describe.each(everyDay)("$id used on $today", ({ sample, today }) => {
  it("is taken by the schemas that a person's own worksheet goes through", () => {
    for (const key of SECTION_KEYS) {
      expect(sectionContentSchema(key).parse(sample.sections[key])).toEqual(sample.sections[key]);
    }
    for (const { id, files = [], ...evidence } of sample.evidence) {
      expect(uuid.parse(id)).toBe(id);
      expect(addEvidenceInput.parse(evidence)).toEqual(evidence);
      expect(files).not.toEqual([]);
      for (const file of files) {
        const kind = kindByName(file.name);
        expect(kind && FILE_KINDS[kind].mediaType, file.name).toBe(file.type);
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.size).toBeGreaterThan(0);
      }
    }
  });

  it("gives an assessor nothing to object to", () => {
    const outcomes = evaluateRigour(subjectOf(sample, today), knowledgeOf(sample));
    expect(findingsIn(outcomes)).toEqual([]);
    expect(outcomes.filter(({ kind }) => kind === "not_evaluated")).toEqual([]);
  });

  it("is refused as it came", () => {
    const { title, sections } = sample;
    const subject = subjectOf(sample, today, { kind: "sample", title, sections });
    const onlyCopies = RULES.filter(({ id }) => id === "L23");
    const outcomes = evaluateRigour(subject, knowledgeOf(sample), DEFAULT_RIGOUR_SETTINGS, onlyCopies);
    expect(findingsIn(outcomes)).toMatchObject([{ rule: "L23", severity: "error", key: "L23:sample" }]);
  });
});

describe.each(each)("$id in full", ({ sample }) => {
  const { constraints, definition, identifiedRisk, validation, maintenance } = sample.sections;

  it("has a text in each row and all its parts", () => {
    for (const key of SECTION_KEYS) expect(narrativeText(sample.sections[key].narrative).length).toBeGreaterThan(200);
    expect(constraints.items.scope.length).toBeGreaterThanOrEqual(3);
    expect(definition.items.controls.length).toBeGreaterThanOrEqual(3);
    expect(definition.items.controls.length).toBeLessThanOrEqual(6);
    expect(identifiedRisk.items.risks.length).toBeGreaterThanOrEqual(3);
    expect(validation.items.tests.length).toBeGreaterThanOrEqual(3);
    expect(maintenance.items.tasks.length).toBeGreaterThanOrEqual(3);
    expect(sample.sections.objective.items.objectiveRef).toContain(sample.requirementNumber);
    expect(maintenance.items.exitPlan.length).toBeGreaterThan(80);
    for (const { changedOn } of definition.items.controls) expect(changedOn).toMatch(/^day:-\d+$/);
    for (const { onChange } of maintenance.items.tasks) expect(onChange).not.toBe("");
  });

  it("has each control tested, evidenced, and set against a risk", () => {
    for (const { id, label } of definition.items.controls) {
      expect(
        validation.items.tests.some(({ controlIds }) => controlIds.includes(id)),
        label,
      ).toBe(true);
      expect(
        identifiedRisk.items.risks.some(({ controlIds }) => controlIds.includes(id)),
        label,
      ).toBe(true);
      expect(
        sample.evidence.some(({ itemId, files }) => itemId === id && files?.length),
        label,
      ).toBe(true);
    }
  });

  it("answers each criterion of its version, and no other", () => {
    const asked = ACCEPTANCE_CRITERIA.filter(({ numberIn }) => numberIn[sample.standardVersion] !== null);
    expect(Object.keys(sample.criteria).sort()).toEqual(asked.map(({ id }) => id).sort());
    for (const answer of Object.values(sample.criteria)) expect(answer.length).toBeGreaterThan(100);
  });
});
