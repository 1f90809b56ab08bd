import {
  type DisplayBlock,
  type DisplayFact,
  type DisplayItem,
  type DisplaySection,
  plainItem,
  same,
} from "@/components/review/display";
import type { Span } from "@/components/review/marks";
import type { SectionDiff } from "@/lib/domain/worksheet/diff";
import type { FieldChange, ItemChange } from "@/lib/domain/worksheet/diff-items";
import type { BlockChange } from "@/lib/domain/worksheet/diff-narrative";
import { summariseItems } from "@/lib/domain/worksheet/item-summary";
import type { PartContents } from "@/lib/domain/worksheet/model";
import type { SectionItem } from "@/lib/domain/worksheet/section-shape";
import type { Fact, ItemSummary, SectionSummary } from "@/lib/domain/worksheet/summary-shape";

/**
 * A section with what differs from an earlier text. The difference says what changed by field; the page shows items in
 * words, so each shown piece of text takes the marks of the field whose words it shows.
 */
export function markedSection(diff: SectionDiff, before: PartContents, after: PartContents): DisplaySection {
  const was = summariseItems(before, diff.section);
  const is = summariseItems(after, diff.section);
  return {
    narrative: diff.narrative.map(displayBlock),
    before: markedFacts(was.before, is.before, diff.fields),
    items: diff.items.flatMap((change) => displayItem(change, was, is)),
    after: markedFacts(was.after, is.after, diff.fields),
  };
}

function displayBlock(change: BlockChange): DisplayBlock {
  if (change.kind !== "changed") return { status: change.kind, block: change.block };
  if (change.formattingOnly) return { status: "reformatted", block: change.after };
  return { status: "changed", spans: change.runs };
}

function displayItem(change: ItemChange<SectionItem>, was: SectionSummary, is: SectionSummary): DisplayItem[] {
  const find = (summary: SectionSummary, id: string) => summary.items.find((item) => item.id === id);
  if (change.kind === "changed") {
    const [old, now] = [find(was, change.before.id), find(is, change.after.id)];
    return old && now ? [changedItem(old, now, change.fields)] : [];
  }
  const item = find(change.kind === "removed" ? was : is, change.item.id);
  return item ? [plainItem(item, change.kind)] : [];
}

function changedItem(old: ItemSummary, now: ItemSummary, fields: readonly FieldChange[]): DisplayItem {
  return {
    id: now.id,
    status: "changed",
    label: now.label,
    title: marked(old.title, now.title, fields),
    traits: markedTraits(old.traits, now.traits),
    body: marked(old.body, now.body, fields),
    facts: markedFacts(old.facts, now.facts, fields),
  };
}

/** The marks of the field that went from one text to the other; without such a field one text replaces the other. */
function marked(before: string, after: string, fields: readonly FieldChange[]): readonly Span[] {
  if (before === after) return same(after);
  const field = fields.find((one) => one.before === before && one.after === after);
  if (field) return field.runs;
  const gone: Span[] = before === "" ? [] : [{ kind: "removed", text: before }];
  return after === "" ? gone : [...gone, { kind: "added", text: after }];
}

function markedTraits(before: readonly string[], after: readonly string[]): readonly Span[] {
  const removed = before.filter((trait) => !after.includes(trait));
  return [
    ...removed.map((text): Span => ({ kind: "removed", text })),
    ...after.map((text): Span => ({ kind: before.includes(text) ? "same" : "added", text })),
  ];
}

function markedFacts(before: readonly Fact[], after: readonly Fact[], fields: readonly FieldChange[]): DisplayFact[] {
  const textOf = (facts: readonly Fact[], term: string) => facts.find((fact) => fact.term === term)?.text ?? "";
  const gone = before.filter(({ term }) => !after.some((fact) => fact.term === term));
  return [...after, ...gone].map(({ term }) => ({
    term,
    spans: marked(textOf(before, term), textOf(after, term), fields),
  }));
}

/** How many marked places a section shows: blocks, items, and changed pieces of text within them. */
export function countMarks(section: DisplaySection): number {
  const inSpans = (spans: readonly Span[]) => spans.filter(({ kind }) => kind !== "same").length;
  const inFacts = (facts: readonly DisplayFact[]) => facts.reduce((sum, fact) => sum + inSpans(fact.spans), 0);
  const inBlock = (block: DisplayBlock) =>
    block.status === "changed" ? inSpans(block.spans) : block.status === "same" ? 0 : 1;
  const inItem = (item: DisplayItem) =>
    item.status === "added" || item.status === "removed"
      ? 1
      : inSpans(item.title) + inSpans(item.traits) + inSpans(item.body) + inFacts(item.facts);
  return (
    section.narrative.reduce((sum, block) => sum + inBlock(block), 0) +
    inFacts(section.before) +
    section.items.reduce((sum, item) => sum + inItem(item), 0) +
    inFacts(section.after)
  );
}
