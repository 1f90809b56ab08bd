import { diffWordsWithSpace } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align } from "@/lib/domain/worksheet/align";
import { applySectionDiff, diffRevisions, diffSection, itemNames } from "@/lib/domain/worksheet/diff";
import { applyItemsDiff } from "@/lib/domain/worksheet/diff-items";
import {
  applyNarrativeDiff,
  diffNarratives,
  type TextRun,
  type WordDiffer,
} from "@/lib/domain/worksheet/diff-narrative";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { Control, EvidenceLink, RevisionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import type { BlockNode, Narrative } from "@/lib/domain/worksheet/narrative";
import { blockText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";
import { evidenceArbitrary, narrativeArbitrary, sectionsArbitrary } from "@/test/worksheet-arbitrary";

const words: WordDiffer = (before, after) =>
  diffWordsWithSpace(before, after).map(
    ({ added, removed, value }): TextRun => ({ kind: added ? "added" : removed ? "removed" : "same", text: value }),
  );
const paragraph = (text: string, bold = false): BlockNode => ({
  type: "paragraph",
  content: [bold ? { type: "text", text, marks: [{ type: "bold" }] } : { type: "text", text }],
});
const doc = (...content: readonly BlockNode[]): Narrative => ({ type: "doc", content });
const revision = (
  sections: WorksheetSections,
  evidence: readonly EvidenceLink<SectionKey>[] = [],
): RevisionContent => ({
  schema: "countervail.revision.v1",
  worksheetId: "w",
  revision: 1,
  header: {
    standardVersion: "4.0.1",
    requirementNumber: "8.3.4",
    requirementTitle: "No guessing of factors",
    entityName: "Harbour Lane",
    engagementName: "2026",
  },
  catalogueVersion: "c",
  sections,
  evidence,
});
const kinds = (changes: readonly { readonly kind: string }[]) => changes.map((change) => change.kind);

describe("the difference of two narratives", () => {
  test("shows a changed paragraph word by word, and the others as they are", () => {
    const before = doc(paragraph("First."), paragraph("The lock comes after six failed tries."), paragraph("Last."));
    const after = doc(paragraph("First."), paragraph("The lock comes after five failed tries."), paragraph("Last."));
    const changes = diffNarratives(before, after, words);
    expect(kinds(changes)).toEqual(["same", "changed", "same"]);
    expect(changes[1]).toMatchObject({
      formattingOnly: false,
      runs: [
        { kind: "same", text: "The lock comes after " },
        { kind: "removed", text: "six" },
        { kind: "added", text: "five" },
        { kind: "same", text: " failed tries." },
      ],
    });
  });

  test("takes unlike paragraphs for one removed and one added", () => {
    const changes = diffNarratives(doc(paragraph("Apples and pears")), doc(paragraph("Locks on doors")), words);
    expect(kinds(changes)).toEqual(["removed", "added"]);
  });

  test("tells formatting from words", () => {
    const changes = diffNarratives(doc(paragraph("Same words")), doc(paragraph("Same words", true)), words);
    expect(changes).toMatchObject([{ kind: "changed", formattingOnly: true, runs: [{ kind: "same" }] }]);
  });

  test("a paragraph put in between leaves its neighbours alone", () => {
    const before = doc(paragraph("a"), paragraph("b"));
    const after = doc(paragraph("a"), paragraph("new"), paragraph("b"));
    expect(kinds(diffNarratives(before, after, words))).toEqual(["same", "added", "same"]);
  });

  test("two long narratives without anything in common do not take long", () => {
    const long = (word: string) => doc(...Array.from({ length: 5_000 }, (_, index) => paragraph(`${word}${index}`)));
    const changes = diffNarratives(long("x"), long("y"), words);
    expect(changes).toHaveLength(10_000);
  });
});

describe("the difference of two revisions", () => {
  const control: Control = {
    id: "c1",
    label: "C1",
    title: "Lock",
    description: "",
    origin: "new",
    nature: "preventive",
    requirementRef: "",
    aboveAndBeyond: "",
    owner: "",
  };
  const link: EvidenceLink<SectionKey> = {
    id: "e1",
    section: "definition",
    itemId: "c1",
    title: "Rule",
    url: "https://evidence.example/1",
    shows: "",
    collectedOn: "2026-09-01",
    validUntil: null,
  };
  const empty = emptySections();
  const withControl: WorksheetSections = {
    ...empty,
    definition: { ...empty.definition, items: { controls: [control] } },
  };

  test("equal revisions have none", () => {
    const diff = diffRevisions(revision(withControl, [link]), revision(withControl, [link]), words);
    expect(diff.changed).toBe(false);
    expect(diff.sections.map((section) => section.section)).toEqual(sectionOrder("4.0.1"));
    expect(diff.sections.some((section) => section.changed)).toBe(false);
  });

  test("names fields, values and items in words", () => {
    const changed: WorksheetSections = {
      ...withControl,
      definition: { ...empty.definition, items: { controls: [{ ...control, nature: "detective" }] } },
    };
    const moved = { ...link, itemId: null, validUntil: "2027-09-01" };
    const diff = diffRevisions(revision(withControl, [link]), revision(changed, [moved]), words);
    expect(diff.sections.filter((section) => section.changed).map((section) => section.section)).toEqual([
      "definition",
    ]);
    expect(diff.sections[1]?.items).toMatchObject([
      { kind: "changed", fields: [{ field: "nature", label: "Nature", before: "Preventive", after: "Detective" }] },
    ]);
    expect(diff.evidence).toMatchObject([
      {
        fields: [
          { label: "Attached to", before: "C1", after: "" },
          { label: "Valid until", before: "", after: "1 September 2027" },
        ],
      },
    ]);
  });

  test("finds what was added and removed, and a change of the header", () => {
    const after = {
      ...revision(withControl, [link]),
      header: { ...revision(empty).header, entityName: "Harbour Lane Ltd" },
    };
    const diff = diffRevisions(revision(empty), after, words);
    expect(diff.header).toMatchObject([{ field: "entityName", after: "Harbour Lane Ltd" }]);
    expect(kinds(diff.sections[1]?.items ?? [])).toEqual(["added"]);
    expect(kinds(diff.evidence)).toEqual(["added"]);
    expect(kinds(diffRevisions(after, revision(empty), words).evidence)).toEqual(["removed"]);
  });
});

describe("laws of differences", () => {
  const runs = { numRuns: 150, seed: 11 };
  const cheap: WordDiffer = (before, after) => [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];

  test("an alignment holds both lists", () => {
    const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 14 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const steps = align(before, after, (a, b) => a === b);
        expect(steps.flatMap((step) => (step.kind === "added" ? [] : [step.before]))).toEqual(before);
        expect(steps.flatMap((step) => (step.kind === "removed" ? [] : [step.after]))).toEqual(after);
      }),
      runs,
    );
  });

  test("diff, then apply, is the newer narrative", () => {
    fc.assert(
      fc.property(narrativeArbitrary, narrativeArbitrary, (before, after) => {
        const changes = diffNarratives(before, after, cheap);
        expect(applyNarrativeDiff(changes)).toEqual(after);
        expect(changes.every((change) => change.kind === "same")).toBe(
          JSON.stringify(before) === JSON.stringify(after),
        );
      }),
      runs,
    );
  });

  test("diff, then apply, is the newer section, and the older one is what is not new", () => {
    fc.assert(
      fc.property(sectionsArbitrary, sectionsArbitrary, fc.constantFrom(...SECTION_KEYS), (before, after, any) => {
        const key = any as "definition";
        const names = { before: itemNames({ sections: before }), after: itemNames({ sections: after }) };
        const diff = diffSection(key, before[key], after[key], names, cheap);
        expect(applySectionDiff(key, diff, after[key])).toEqual(after[key]);
        const old = diff.items.filter((item) => item.kind !== "added");
        const was = new Set(Object.values(before[key].items).flatMap((list) => (Array.isArray(list) ? list : [])));
        expect(old).toHaveLength(was.size);
      }),
      runs,
    );
  });

  test("diff, then apply, is the newer evidence", () => {
    const evidence = fc.uniqueArray(evidenceArbitrary, { maxLength: 5, selector: (one) => one.id });
    fc.assert(
      fc.property(evidence, evidence, (before, after) => {
        const diff = diffRevisions(revision(emptySections(), before), revision(emptySections(), after), cheap);
        expect(applyItemsDiff(diff.evidence)).toEqual(after);
      }),
      runs,
    );
  });

  test("word runs hold both texts", () => {
    fc.assert(
      fc.property(narrativeArbitrary, narrativeArbitrary, (before, after) => {
        for (const change of diffNarratives(before, after, words)) {
          if (change.kind !== "changed" || change.formattingOnly) continue;
          const texts = (left: TextRun["kind"]) =>
            change.runs
              .filter((run) => run.kind !== left)
              .map((run) => run.text)
              .join("");
          expect([texts("added"), texts("removed")]).toEqual([blockText(change.before), blockText(change.after)]);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});
