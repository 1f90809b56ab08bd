import { gateInWords } from "@/lib/domain/rigour/gate-words";
import { isSame } from "@/lib/domain/same";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import type { FrozenAnswer } from "@/lib/domain/worksheet/criteria-answers";
import {
  applyItemsDiff,
  diffFields,
  diffItems,
  type FieldChange,
  type ItemChange,
  type ItemNames,
} from "@/lib/domain/worksheet/diff-items";
import {
  applyNarrativeDiff,
  type BlockChange,
  diffNarratives,
  type WordDiffer,
} from "@/lib/domain/worksheet/diff-narrative";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { entryNames } from "@/lib/domain/worksheet/item-labels";
import type { EvidenceLink, PartContents, RevisionContent, SectionContent } from "@/lib/domain/worksheet/model";
import { putTogether, type SectionItem, takeApart } from "@/lib/domain/worksheet/section-shape";
import { SECTION_LABELS, type TextPartKey, textPartsOf } from "@/lib/domain/worksheet/sections";

/** The difference of one section. */
export interface SectionDiff {
  readonly section: TextPartKey;
  readonly changed: boolean;
  readonly narrative: readonly BlockChange[];
  /** Single fields that changed, such as the type of constraint. */
  readonly fields: readonly FieldChange[];
  readonly items: readonly ItemChange<SectionItem>[];
}

/** A reason for a warning as a thing that may come, change and go. */
export type ReasonItem = WarningReason & { readonly id: string };

/** The difference of two revisions of a worksheet. */
export interface RevisionDiff {
  readonly changed: boolean;
  readonly header: readonly FieldChange[];
  /** All its parts in the order of the newer revision's version. */
  readonly sections: readonly SectionDiff[];
  readonly evidence: readonly ItemChange<EvidenceLink>[];
  /** The answers to the criteria; empty where neither revision has any. */
  readonly criteria: readonly ItemChange<FrozenAnswer>[];
  /** The answers of the gate that changed; the fields are the questions, in words. */
  readonly gate: readonly FieldChange[];
  /** The reasons for warnings of the rules; empty where neither revision has any. */
  readonly reasons: readonly ItemChange<ReasonItem>[];
}

/** The difference of two revisions, the older first. Works on drafts as well: only content is compared. */
export function diffRevisions(before: RevisionContent, after: RevisionContent, words: WordDiffer): RevisionDiff {
  const names: ItemNames = { before: itemNames(before), after: itemNames(after) };
  const header = diffFields(before.header, after.header, names, words);
  const sections = textPartsOf(after.kind ?? "ccw", after.header.standardVersion).map((section) =>
    diffSection(section, contentIn(before.sections, section), contentIn(after.sections, section), names, words),
  );
  const evidence = diffItems(before.evidence, after.evidence, names, words);
  const criteria = diffItems(before.criteria ?? [], after.criteria ?? [], names, words);
  const gate = diffFields(answersByQuestion(before.eligibility), answersByQuestion(after.eligibility), names, words);
  const reasons = diffItems(reasonItems(before.warningReasons), reasonItems(after.warningReasons), names, words);
  const changed =
    header.length > 0 ||
    gate.length > 0 ||
    reasons.some(({ kind }) => kind !== "same") ||
    !isSame(before.thresholds, after.thresholds) ||
    sections.some((section) => section.changed) ||
    !isSame(before.evidence, after.evidence) ||
    !isSame(before.criteria, after.criteria);
  return { changed, header, sections, evidence, criteria, gate, reasons };
}

function contentIn<K extends TextPartKey>(sections: PartContents, key: K): SectionContent<K> {
  return sections[key] ?? emptySection(key);
}

function answersByQuestion(eligibility: EligibilityAnswers | undefined): Readonly<Record<string, string>> {
  return eligibility ? Object.fromEntries(gateInWords(eligibility).map(({ term, text }) => [term, text])) : {};
}

function reasonItems(reasons: readonly WarningReason[] = []): readonly ReasonItem[] {
  return reasons.map((one) => ({ id: one.key, ...one }));
}

/** The difference of one section. */
export function diffSection<K extends TextPartKey>(
  section: K,
  before: SectionContent<K>,
  after: SectionContent<K>,
  names: ItemNames,
  words: WordDiffer,
): SectionDiff {
  const [was, is] = [takeApart(section, before), takeApart(section, after)];
  return {
    section,
    changed: !isSame(before, after),
    narrative: diffNarratives(was.narrative, is.narrative, words),
    fields: diffFields(was.fields, is.fields, names, words),
    items: diffItems(was.items, is.items, names, words),
  };
}

/**
 * Applies the difference to the older section; the law is that it gives the newer one. Single fields are taken from
 * `after`, because a difference holds them as words.
 */
export function applySectionDiff<K extends TextPartKey>(
  section: K,
  diff: SectionDiff,
  after: SectionContent<K>,
): SectionContent<K> {
  return putTogether(section, {
    narrative: applyNarrativeDiff(diff.narrative),
    fields: takeApart(section, after).fields,
    items: applyItemsDiff(diff.items),
  });
}

/** What people call the items of a revision: its label, or its name. Null for an id that is not there. */
export function itemNames(content: { readonly sections: PartContents }): (id: string) => string | null {
  const { constraints, definition, identifiedRisk, validation, maintenance } = content.sections;
  const names = new Map<string, string>(entryNames(content.sections));
  for (const item of constraints?.items.scope ?? []) names.set(item.id, item.name || SECTION_LABELS.constraints);
  for (const item of definition?.items.controls ?? []) names.set(item.id, item.label || item.title || "a control");
  for (const item of identifiedRisk?.items.risks ?? []) names.set(item.id, item.label || "a risk");
  for (const item of validation?.items.tests ?? []) names.set(item.id, item.label || "a test");
  for (const item of maintenance?.items.tasks ?? []) names.set(item.id, item.label || "a task");
  return (id) => names.get(id) ?? null;
}
