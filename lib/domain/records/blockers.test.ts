import { describe, expect, it, test } from "vitest";
import { addDays, addYears } from "@/lib/domain/dates";
import { recordBlockers } from "@/lib/domain/records/blockers";
import { APPROVAL_PART, recordParts } from "@/lib/domain/records/keys";
import { RECORD_KINDS, type RecordKind } from "@/lib/domain/records/kinds";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";
import type { EvidenceFacts } from "@/lib/domain/workflow/submission";
import { emptyRecord } from "@/lib/domain/worksheet/empty";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { filledRecord } from "@/test/fixtures/record-parts";

const TODAY = "2026-11-01";
const TESTED: EvidenceFacts = { section: "matrixTesting", title: "Tests", url: "https://example.com/t", files: [] };
const stops = (kind: RecordKind, sections: PartContents, evidence: readonly EvidenceFacts[] = [TESTED]) =>
  recordBlockers({ kind, sections, evidence, today: TODAY });
const messages = (...of: Parameters<typeof stops>) => stops(...of).map(({ message }) => message);
const approvedOn = (kind: RecordKind, approved: string, review: string): PartContents => {
  const record = filledRecord(kind, TODAY);
  const approval = record[APPROVAL_PART];
  if (!approval) throw new Error("The record has no approval.");
  const items = { ...approval.items, approvedOn: approved, nextReview: review };
  return { ...record, [APPROVAL_PART]: { ...approval, items } };
};

describe.each(RECORD_KINDS)("a %s", (kind) => {
  it("is ready once it is written as its guidance's good examples are", () => {
    expect(stops(kind, filledRecord(kind, TODAY))).toEqual([]);
  });

  it("is stopped at every part while it is empty", () => {
    const parts = new Set(stops(kind, emptyRecord(kind), []).map(({ section }) => section));
    expect([...parts]).toEqual(recordParts(kind));
  });

  it("is stopped by each thing that it cannot do without", () => {
    const full = filledRecord(kind, TODAY);
    for (const key of recordParts(kind)) {
      const part = full[key];
      const { fields, list } = RECORD_SHAPES[key];
      if (!part) throw new Error(`There is no part ${key}.`);
      for (const { name, label } of fields) {
        const items = { ...part.items, [name]: "" };
        expect(messages(kind, { ...full, [key]: { ...part, items } }), name).toEqual([`“${label}” is missing.`]);
      }
      for (const { name, label } of list?.fields ?? []) {
        const entries = part.items.entries.map((entry) => ({ ...entry, [name]: "" }));
        const items = { ...part.items, entries };
        const said = messages(kind, { ...full, [key]: { ...part, items } });
        expect(said, name).toEqual([`${entries[0]?.label}: “${label}” is missing.`]);
      }
    }
  });

  it("is judged anew within twelve months of its approval, and has not been due already", () => {
    const approved = addDays(TODAY, -5);
    expect(stops(kind, approvedOn(kind, approved, addYears(approved, 1)))).toEqual([]);
    expect(messages(kind, approvedOn(kind, approved, addDays(addYears(approved, 1), 1)))).toEqual([
      "“Next review by” is more than twelve months after the approval.",
    ]);
    expect(messages(kind, approvedOn(kind, approved, TODAY))[0]).toMatch(/has passed/);
    expect(messages(kind, approvedOn(kind, addDays(TODAY, 1), addDays(TODAY, 40)))).toEqual([
      "“Approved on” lies in the future.",
    ]);
  });
});

test("filling such as n/a counts as nothing, a team without a name as nobody, and regularly as no rhythm", () => {
  const full = filledRecord("customized_approach", TODAY);
  const matrix = full.matrixControls;
  if (!matrix) throw new Error("The record has no matrix.");
  const entries = matrix.items.entries.map((entry) => ({
    ...entry,
    location: "n/a",
    accountable: "IT",
    performed: "regularly",
  }));
  const sections = { ...full, matrixControls: { ...matrix, items: { ...matrix.items, entries } } };
  expect(messages("customized_approach", sections)).toEqual([
    "C1: “Where” is missing.",
    expect.stringMatching(/does not say how often/),
    expect.stringMatching(/names nobody/),
  ]);
});

test("a customized approach needs evidence of the entity's own tests", () => {
  const full = filledRecord("customized_approach", TODAY);
  expect(stops("customized_approach", full, [{ ...TESTED, section: "matrixControls" }])).toMatchObject([
    { section: "matrixTesting", code: "record_incomplete" },
  ]);
  expect(stops("customized_approach", full, [{ ...TESTED, url: "" }])).toMatchObject([{ code: "evidence_empty" }]);
});
