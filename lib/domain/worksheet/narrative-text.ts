import type { BlockNode, InlineNode, ListItemNode, Narrative, TableCellNode } from "@/lib/domain/worksheet/narrative";

/** Most nodes (text runs, paragraphs, lists, items, cells …) that a narrative may have. Keeps a page and a PDF renderable. */
export const MAX_NARRATIVE_NODES = 20_000;
/** Deepest nesting of nodes below the document that a narrative may have. */
export const MAX_NARRATIVE_DEPTH = 24;

type AnyNode =
  | BlockNode
  | InlineNode
  | ListItemNode
  | TableCellNode
  | { readonly type: "tableRow"; readonly content: readonly TableCellNode[] };

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return "content" in node && node.content ? node.content : [];
}

/** The text of one block: inline runs joined, hard breaks as line feeds, nested blocks on lines, table cells by tabs. */
export function blockText(block: BlockNode): string {
  return textOf(block);
}

function textOf(node: AnyNode): string {
  switch (node.type) {
    case "text":
      return node.text;
    case "hardBreak":
      return "\n";
    case "paragraph":
    case "codeBlock":
      return childrenOf(node).map(textOf).join("");
    case "tableRow":
      return childrenOf(node).map(textOf).join("\t");
    default:
      return childrenOf(node).map(textOf).join("\n");
  }
}

/** The narrative without any formatting, one line per block. */
export function narrativeText(narrative: Narrative): string {
  return narrative.content.map(blockText).join("\n");
}

/** True when nothing but white space and empty structure is there. */
export function isNarrativeEmpty(narrative: Narrative): boolean {
  return narrativeText(narrative).trim() === "";
}

/** The number of words, split at white space. */
export function countWords(narrative: Narrative): number {
  const text = narrativeText(narrative).trim();
  return text === "" ? 0 : text.split(/\s+/u).length;
}

/** How many nodes the narrative has, the document itself not counted, and how deep they go. */
export function measureNarrative(narrative: Narrative): {
  readonly nodes: number;
  readonly depth: number;
} {
  let nodes = 0;
  let depth = 0;
  // A stack of our own, because a hostile document may be deeper than the engine's call stack.
  const pending: { node: AnyNode; level: number }[] = narrative.content.map((node) => ({ node, level: 1 }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    nodes += 1;
    depth = Math.max(depth, next.level);
    for (const child of childrenOf(next.node)) pending.push({ node: child, level: next.level + 1 });
  }
  return { nodes, depth };
}

/** True when the narrative stays within the limits above. */
export function isWithinNarrativeLimits(narrative: Narrative): boolean {
  const { nodes, depth } = measureNarrative(narrative);
  return nodes <= MAX_NARRATIVE_NODES && depth <= MAX_NARRATIVE_DEPTH;
}
