import { expect, test } from "vitest";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { Finding, Outcome, RuleId } from "@/lib/domain/rigour/finding";
import { knowledgeFor, type RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import { RULES } from "@/lib/domain/rigour/rules";
import { DEFAULT_RIGOUR_SETTINGS, type RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourEvidence, RigourFacts, RigourSubject } from "@/lib/domain/rigour/subject";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import type {
  Control,
  ControlTest,
  MaintenanceTask,
  Risk,
  ScopeItem,
  SectionItems,
  WorksheetSections,
} from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { takeApart } from "@/lib/domain/worksheet/section-shape";
import type { SectionKey } from "@/lib/domain/worksheet/sections";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { doc, para } from "@/test/fixtures/narrative";
import { passingEvidence, passingSections } from "@/test/fixtures/passing-worksheet";

/** The day on which the tests of the rules are asked. */
export const TODAY = "2026-11-24";

let catalogue: Catalogue | null = null;

/** The catalogue's part for a number, from the real files. */
export async function knowledgeOf(version: StandardVersion, number: string): Promise<RigourKnowledge> {
  catalogue ??= await readCatalogueFiles();
  return knowledgeFor(catalogue, version, number);
}

/** A worksheet for 8.3.4 that no rule objects to. */
export function goodSubject(): RigourSubject {
  return {
    standardVersion: "4.0.1",
    requirementNumber: "8.3.4",
    sections: passingSections(TODAY),
    evidence: passingEvidence(TODAY),
    facts: {
      today: TODAY,
      assessmentType: "ROC",
      customizedApproach: false,
      eligibility: {
        missedActivity: false,
        storedSad: false,
        legalBar: false,
        switchable: false,
        whyNotSwitchedOn: "",
      },
      people: { authors: ["ana"], approver: "ben", qsas: ["cleo"] },
      copiedFrom: null,
      language: null,
    },
  };
}

/** A change to a subject, to be put together with others. */
export type Edit = (subject: RigourSubject) => RigourSubject;

const inSections =
  (change: (sections: WorksheetSections) => WorksheetSections): Edit =>
  (subject) => ({ ...subject, sections: change(subject.sections) });

/** Replaces a narrative by paragraphs. */
export const narrative = (section: SectionKey, ...lines: readonly string[]): Edit =>
  inSections((all) => ({
    ...all,
    [section]: { ...all[section], narrative: doc(...lines.filter((line) => line !== "").map((line) => para(line))) },
  }));

/** Changes the items and single fields of a section. */
export const items = <K extends SectionKey>(section: K, change: Partial<SectionItems[K]>): Edit =>
  inSections((all) => ({ ...all, [section]: { ...all[section], items: { ...all[section].items, ...change } } }));

const patchIn =
  <T extends { readonly id: string }>(section: SectionKey, list: string) =>
  (id: string, patch: Partial<T>): Edit =>
    inSections((all) => {
      const before = takeApart(section, all[section]).items as unknown as readonly T[];
      const after = before.map((one) => (one.id === id ? { ...one, ...patch } : one));
      return { ...all, [section]: { ...all[section], items: { ...all[section].items, [list]: after } } };
    });
/** Change one item by its id. */
export const control = patchIn<Control>("definition", "controls");
export const risk = patchIn<Risk>("identifiedRisk", "risks");
export const testOf = patchIn<ControlTest>("validation", "tests");
export const task = patchIn<MaintenanceTask>("maintenance", "tasks");
export const scope = patchIn<ScopeItem>("constraints", "scope");

/** Change facts, answers of the gate, evidence. */
export const facts =
  (change: Partial<RigourFacts>): Edit =>
  (subject) => ({ ...subject, facts: { ...subject.facts, ...change } });
export const gate =
  (change: Partial<EligibilityAnswers>): Edit =>
  (subject) =>
    facts({ eligibility: { ...subject.facts.eligibility, ...change } })(subject);
export const evidence =
  (change: (all: readonly RigourEvidence[]) => readonly RigourEvidence[]): Edit =>
  (subject) => ({ ...subject, evidence: change(subject.evidence) });
export const attached = (id: string, patch: Partial<RigourEvidence>): Edit =>
  evidence((all) => all.map((one) => (one.id === id ? { ...one, ...patch } : one)));
export const noEvidence: Edit = evidence(() => []);
/** Makes it a worksheet for another requirement. */
export const requirement =
  (standardVersion: StandardVersion, requirementNumber: string): Edit =>
  (subject) => ({ ...subject, standardVersion, requirementNumber });

/** A subject after some edits. */
export const edited = (...edits: readonly Edit[]): RigourSubject =>
  edits.reduce((subject, edit) => edit(subject), goodSubject());

/** Asks one rule. */
export async function ask(
  rule: RuleId,
  subject: RigourSubject,
  settings: Partial<RigourSettings> = {},
): Promise<Outcome> {
  const knowledge = await knowledgeOf(subject.standardVersion, subject.requirementNumber);
  const all = { ...DEFAULT_RIGOUR_SETTINGS, ...settings };
  const [outcome] = evaluateRigour(
    subject,
    knowledge,
    all,
    RULES.filter(({ id }) => id === rule),
  );
  if (!outcome) throw new Error(`There is no rule ${rule}.`);
  return outcome;
}

/** A finding as a line: `error definition c2.requirementRef`, with the marked passage in quotation marks. */
export function line(finding: Finding, sections: WorksheetSections): string {
  const { section, itemId, field, evidenceId, range } = finding.place;
  const where = [itemId, field].filter((part) => part !== undefined).join(".");
  const marked = range && section && textAt(sections, finding).slice(range.from, range.to);
  return [
    finding.severity,
    section ?? "whole",
    where,
    evidenceId === undefined ? "" : `@${evidenceId}`,
    marked ? `“${marked}”` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** The text that a finding's place speaks of. */
export function textAt(sections: WorksheetSections, { place }: Finding): string {
  const { section, itemId, field } = place;
  if (section === null) return "";
  if (field === undefined) return narrativeText(sections[section].narrative);
  const shape = takeApart(section, sections[section]);
  const item = shape.items.find((one) => one.id === itemId) as unknown as Record<string, unknown> | undefined;
  return String(itemId === undefined ? shape.fields[field] : item?.[field]);
}

/** What is expected of a rule: `met`, `language`, `unanswered`, `failed`, `not_applicable`, or the findings as lines. */
export type Expected = string | readonly string[];

/** An outcome in the words of `Expected`. */
export function told(outcome: Outcome, subject: RigourSubject): Expected {
  if (outcome.kind === "not_evaluated") return outcome.reason;
  return outcome.kind === "findings" ? outcome.findings.map((one) => line(one, subject.sections)) : outcome.kind;
}

/** A line of a table: what is so, the edits that make it so, and what the rule says. */
export type Case = readonly [says: string, edits: readonly Edit[], expected: Expected];

/** Plays a table of cases against a rule. */
export function plays(rule: RuleId, cases: readonly Case[], settings: Partial<RigourSettings> = {}): void {
  test.each(cases)("%s", async (_says, edits, expected) => {
    const subject = edited(...edits);
    expect(told(await ask(rule, subject, settings), subject)).toEqual(expected);
  });
}

/** Sentences in a section's narrative, without evidence: on each the rule has exactly one finding, and marks a passage. */
export function firesOn(rule: RuleId, section: SectionKey, sentences: readonly string[]): void {
  test.each(sentences)("fires on: %s", async (sentence) => {
    const subject = edited(narrative(section, sentence), noEvidence);
    const outcome = await ask(rule, subject);
    const marked =
      outcome.kind === "findings" ? outcome.findings.map(({ place }) => place.range !== undefined) : outcome.kind;
    expect(marked).toEqual([true]);
  });
}

/** Sentences on which the rule is met. */
export function quietOn(rule: RuleId, section: SectionKey, sentences: readonly string[]): void {
  test.each(sentences)("is quiet on: %s", async (sentence) => {
    const subject = edited(narrative(section, sentence), noEvidence);
    expect(told(await ask(rule, subject), subject)).toEqual("met");
  });
}
