import {
  AS_IT_IS,
  BREAK,
  EMPTY_PARAGRAPH,
  type Md,
  type MdInline,
  type MdItemChild,
  type MdNode,
  NEXT_PARAGRAPH,
} from "@/lib/cli/markdown/mdast";
import { isSame } from "@/lib/domain/same";
import type {
  BlockNode,
  InlineNode,
  ListItemNode,
  Mark,
  TableCellNode,
  TableNode,
} from "@/lib/domain/worksheet/narrative";
import { blockText } from "@/lib/domain/worksheet/narrative-text";

type ItemBlock = ListItemNode["content"][number];

/**
 * A block of the narrative as Markdown has it. It may come out as something else than it was, for Markdown cannot hold
 * everything; whoever writes it reads it back and takes {@link asItIs} where it differs.
 */
export function toMdast(block: BlockNode): MdNode {
  return block.type === "table" ? table(block) : itemBlock(block);
}

/** A block in the words of the narrative itself, for what Markdown cannot hold. */
export function asItIs(blocks: readonly BlockNode[]): MdNode {
  return { type: "code", ...AS_IT_IS, value: JSON.stringify(blocks, null, 1) };
}

function itemBlock(block: ItemBlock): MdItemChild {
  switch (block.type) {
    case "paragraph":
      if (!block.content) return { type: "html", value: EMPTY_PARAGRAPH };
      return { type: "paragraph", children: inline(block.content, false) };
    case "codeBlock":
      return { type: "code", value: blockText(block) };
    case "bulletList":
      return { type: "list", ordered: false, spread: false, children: block.content.map(listItem) };
    case "orderedList":
      return {
        type: "list",
        ordered: true,
        start: block.attrs?.start ?? 1,
        spread: false,
        children: block.content.map(listItem),
      };
  }
}

function listItem({ content }: ListItemNode): Md<"listItem"> {
  const [first] = content;
  const isEmpty = content.length === 1 && first?.type === "paragraph" && !first.content;
  return { type: "listItem", spread: false, children: isEmpty ? [] : content.map(itemBlock) };
}

/** A table of Markdown has a head; one that has none of its own gets an empty one. */
function table({ content }: TableNode): MdNode {
  const width = Math.max(...content.map((row) => row.content.length));
  const hasHead = content[0]?.content.every(({ type }) => type === "tableHeader") ?? false;
  const row = (cells: readonly TableCellNode[]): Md<"tableRow"> => ({ type: "tableRow", children: cells.map(cell) });
  const blank: Md<"tableRow"> = {
    type: "tableRow",
    children: Array.from({ length: width }, () => ({ type: "tableCell", children: [] })),
  };
  return { type: "table", children: [...(hasHead ? [] : [blank]), ...content.map((one) => row(one.content))] };
}

function cell({ content }: TableCellNode): Md<"tableCell"> {
  const children = content.flatMap((block, index): MdInline[] => {
    const before: MdInline[] = index === 0 ? [] : [{ type: "html", value: NEXT_PARAGRAPH }];
    const inside: MdInline[] =
      block.type === "paragraph" ? inline(block.content ?? [], true) : [{ type: "text", value: blockText(block) }];
    return [...before, ...inside];
  });
  return { type: "tableCell", children };
}

/** Runs of text and breaks, neighbours with the same mark within one node of Markdown. */
function inline(nodes: readonly InlineNode[], inCell: boolean): MdInline[] {
  return nested(
    nodes.map((node, index) => ({
      node,
      marks: node.type === "text" ? [...(node.marks ?? [])].filter(({ type }) => type !== "code") : [],
      isLast: index === nodes.length - 1,
    })),
    0,
    inCell,
  );
}

interface Run {
  readonly node: InlineNode;
  readonly marks: readonly Mark[];
  readonly isLast: boolean;
}

function nested(runs: readonly Run[], depth: number, inCell: boolean): MdInline[] {
  const result: MdInline[] = [];
  for (let at = 0; at < runs.length; ) {
    const run = runs[at] as Run;
    const mark = run.marks[depth];
    if (!mark) {
      result.push(leaf(run, inCell));
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < runs.length && isSame(runs[end]?.marks[depth], mark)) end += 1;
    result.push(marked(mark, nested(runs.slice(at, end), depth + 1, inCell)));
    at = end;
  }
  return result;
}

function leaf({ node, isLast }: Run, inCell: boolean): MdInline {
  if (node.type === "hardBreak") return inCell || isLast ? { type: "html", value: BREAK } : { type: "break" };
  const isCode = node.marks?.some(({ type }) => type === "code") ?? false;
  return { type: isCode ? "inlineCode" : "text", value: node.text };
}

// Links hold no links in Markdown's types; a text with two links over it is read back as another, and written as it is.
function marked(mark: Mark, children: MdInline[]): MdInline {
  if (mark.type === "bold") return { type: "strong", children };
  if (mark.type === "link") return { type: "link", url: mark.attrs.href, children: children as Md<"link">["children"] };
  return { type: "emphasis", children };
}
