import { isSame } from "@/lib/domain/same";
import { type Aligned, align } from "@/lib/domain/worksheet/align";
import type { BlockNode, Narrative } from "@/lib/domain/worksheet/narrative";
import { blockText } from "@/lib/domain/worksheet/narrative-text";

/** A run of text in a difference. Without the added runs it is the text before, without the removed ones after. */
export interface TextRun {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Compares two texts by words; passed in, so that the domain needs no package. */
export type WordDiffer = (before: string, after: string) => readonly TextRun[];

/** A block of a narrative and what became of it. Runs of a changed block are over its plain text. */
export type BlockChange =
  | { readonly kind: "same"; readonly block: BlockNode }
  | { readonly kind: "added"; readonly block: BlockNode }
  | { readonly kind: "removed"; readonly block: BlockNode }
  | {
      readonly kind: "changed";
      readonly before: BlockNode;
      readonly after: BlockNode;
      readonly runs: readonly TextRun[];
      /** Only formatting, links or structure changed; the words are the same. */
      readonly formattingOnly: boolean;
    };

/** The share of words that two blocks must have in common to count as one block that was changed. */
const ALIKE = 0.3;

/** How many added blocks ahead a changed one is looked for: enough for an edit, and no quadratic search. */
const LOOK_AHEAD = 20;

/** The difference of two narratives, block by block, in reading order. */
export function diffNarratives(before: Narrative, after: Narrative, words: WordDiffer): readonly BlockChange[] {
  const keyed = (blocks: readonly BlockNode[]) => blocks.map((block) => ({ block, text: blockText(block) }));
  const steps = align(
    keyed(before.content),
    keyed(after.content),
    (a, b) => a.block.type === b.block.type && a.text === b.text,
  );
  const changes: BlockChange[] = [];
  let gap: Aligned<Keyed>[] = [];
  for (const step of steps) {
    if (step.kind !== "same") {
      gap.push(step);
      continue;
    }
    changes.push(...pairGap(gap, words));
    gap = [];
    changes.push(
      isSame(step.before.block, step.after.block)
        ? { kind: "same", block: step.after.block }
        : {
            kind: "changed",
            before: step.before.block,
            after: step.after.block,
            runs: [{ kind: "same", text: step.after.text }],
            formattingOnly: true,
          },
    );
  }
  return [...changes, ...pairGap(gap, words)];
}

/** Applies a difference; the law is that it gives what `diffNarratives` was given as `after`. */
export function applyNarrativeDiff(changes: readonly BlockChange[]): Narrative {
  const content = changes.flatMap((change) =>
    change.kind === "removed" ? [] : [change.kind === "changed" ? change.after : change.block],
  );
  return { type: "doc", content };
}

interface Keyed {
  readonly block: BlockNode;
  readonly text: string;
}

/** Within a gap, a removed block and a later added one that is much like it are one block that was changed. */
function pairGap(gap: readonly Aligned<Keyed>[], words: WordDiffer): readonly BlockChange[] {
  const removed = gap.flatMap((step) => (step.kind === "removed" ? [step.before] : []));
  const added = gap.flatMap((step) => (step.kind === "added" ? [step.after] : []));
  const changes: BlockChange[] = [];
  let taken = 0;
  for (const before of removed) {
    const ahead = added.slice(taken, taken + LOOK_AHEAD).findIndex((after) => isAlike(before, after));
    const found = taken + ahead;
    const after = ahead < 0 ? undefined : added[found];
    if (!after) {
      changes.push({ kind: "removed", block: before.block });
      continue;
    }
    for (const { block } of added.slice(taken, found)) changes.push({ kind: "added", block });
    taken = found + 1;
    const runs = words(before.text, after.text);
    changes.push({ kind: "changed", before: before.block, after: after.block, runs, formattingOnly: false });
  }
  for (const { block } of added.slice(taken)) changes.push({ kind: "added", block });
  return changes;
}

function isAlike(before: Keyed, after: Keyed): boolean {
  if (before.block.type !== after.block.type) return false;
  const [a, b] = [wordSet(before.text), wordSet(after.text)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && common / Math.max(a.size, b.size) >= ALIKE;
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ""),
  );
}
