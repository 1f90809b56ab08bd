import type { PartStatus, Span } from "@/components/review/marks";
import { summariseItems } from "@/lib/domain/worksheet/item-summary";
import type { PartContents } from "@/lib/domain/worksheet/model";
import type { BlockNode } from "@/lib/domain/worksheet/narrative";
import type { TextPartKey } from "@/lib/domain/worksheet/sections";
import type { ItemSummary } from "@/lib/domain/worksheet/summary-shape";

/** A block of narrative as shown: whole, or (when its words changed) as words with their differences. */
export type DisplayBlock =
  | { readonly status: "same" | "added" | "removed" | "reformatted"; readonly block: BlockNode }
  | { readonly status: "changed"; readonly spans: readonly Span[] };

/** A named piece of text as shown. */
export interface DisplayFact {
  readonly term: string;
  readonly spans: readonly Span[];
}

/** A structured item as shown. */
export interface DisplayItem {
  readonly id: string;
  readonly status: PartStatus;
  readonly label: string;
  readonly title: readonly Span[];
  readonly traits: readonly Span[];
  readonly body: readonly Span[];
  readonly facts: readonly DisplayFact[];
}

/** A section as shown. */
export interface DisplaySection {
  readonly narrative: readonly DisplayBlock[];
  readonly before: readonly DisplayFact[];
  readonly items: readonly DisplayItem[];
  readonly after: readonly DisplayFact[];
}

/** A section as it stands, without any comparison. */
export function plainSection(sections: PartContents, key: TextPartKey): DisplaySection {
  const { before, items, after } = summariseItems(sections, key);
  return {
    narrative: (sections[key]?.narrative.content ?? []).map((block) => ({ status: "same", block })),
    before: before.map(plainFact),
    items: items.map((item) => plainItem(item)),
    after: after.map(plainFact),
  };
}

/** An item shown whole; as added or removed, its words carry no marks of their own. */
export function plainItem(item: ItemSummary, status: "same" | "added" | "removed" = "same"): DisplayItem {
  return {
    id: item.id,
    status,
    label: item.label,
    title: same(item.title),
    traits: item.traits.flatMap(same),
    body: same(item.body),
    facts: item.facts.map(plainFact),
  };
}

/** Text without differences. */
export function same(text: string): readonly Span[] {
  return text === "" ? [] : [{ kind: "same", text }];
}

function plainFact({ term, text }: { readonly term: string; readonly text: string }): DisplayFact {
  return { term, spans: same(text) };
}
