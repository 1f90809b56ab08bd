import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import {
  type BlockNode,
  EMPTY_NARRATIVE,
  type InlineNode,
  type ListItemNode,
  type Mark,
  type Narrative,
  type ParagraphNode,
  type TableCellNode,
  type TableRowNode,
  type TextNode,
} from "@/lib/domain/worksheet/narrative";

type CellBlock = ListItemNode["content"][number];

/**
 * The editor's document as a narrative: only the nodes, marks and attributes the contract takes.
 * What the model has no node for loses its frame and keeps its text. A document of one empty
 * paragraph, as an untouched editor has it, is the empty narrative.
 */
export function toNarrative(document: EditorNode): Narrative {
  const content = blocks(document.content);
  const [first] = content;
  const untouched = content.length === 1 && first?.type === "paragraph" && !first.content;
  return content.length === 0 || untouched ? EMPTY_NARRATIVE : { type: "doc", content };
}

/** Runs of text and line breaks that stand where a block is wanted become a paragraph of their own. */
function blocks(nodes: readonly EditorNode[] = []): BlockNode[] {
  const result: BlockNode[] = [];
  let loose: InlineNode[] = [];
  const closeLoose = () => {
    if (loose.length > 0) result.push({ type: "paragraph", content: loose });
    loose = [];
  };
  for (const node of nodes) {
    if (node.type === "text" || node.type === "hardBreak") {
      loose.push(...inlines([node]));
      continue;
    }
    closeLoose();
    result.push(...block(node));
  }
  closeLoose();
  return result;
}

function block(node: EditorNode): BlockNode[] {
  switch (node.type) {
    case "paragraph":
      return [paragraph(node)];
    case "codeBlock": {
      const text = plainText(node);
      return [text === "" ? { type: "codeBlock" } : { type: "codeBlock", content: [{ type: "text", text }] }];
    }
    case "bulletList": {
      const content = listItems(node);
      return content.length > 0 ? [{ type: "bulletList", content }] : [];
    }
    case "orderedList": {
      const content = listItems(node);
      if (content.length === 0) return [];
      const start = node.attrs?.start;
      const counted = typeof start === "number" && Number.isInteger(start) && start >= 0 && start <= 1_000_000;
      return [{ type: "orderedList", ...(counted && start !== 1 ? { attrs: { start } } : {}), content }];
    }
    case "table": {
      const content = (node.content ?? []).map(tableRow);
      return content.length > 0 ? [{ type: "table", content }] : [];
    }
    default:
      return blocks(node.content);
  }
}

function paragraph(node: EditorNode): ParagraphNode {
  const content = inlines(node.content);
  return content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" };
}

function listItems(list: EditorNode): ListItemNode[] {
  return (list.content ?? []).map((item) => ({ type: "listItem", content: cellBlocks(item) }));
}

function tableRow(row: EditorNode): TableRowNode {
  return {
    type: "tableRow",
    content: (row.content ?? []).map(
      (cell): TableCellNode => ({
        type: cell.type === "tableHeader" ? "tableHeader" : "tableCell",
        content: cellBlocks(cell),
      }),
    ),
  };
}

/** What stands in a list item or a cell: never nothing, and no table within a table. */
function cellBlocks(node: EditorNode): CellBlock[] {
  const content = blocks(node.content).flatMap((child): CellBlock[] =>
    child.type === "table" ? child.content.flatMap((row) => row.content.flatMap((cell) => cell.content)) : [child],
  );
  return content.length > 0 ? content : [{ type: "paragraph" }];
}

function inlines(nodes: readonly EditorNode[] = []): InlineNode[] {
  return nodes.flatMap((node): InlineNode[] => {
    if (node.type === "hardBreak") return [{ type: "hardBreak" }];
    if (node.type !== "text") return inlines(node.content);
    return node.text ? [textRun(node.text, node.marks)] : [];
  });
}

function textRun(text: string, marks: EditorNode["marks"]): TextNode {
  const kept = (marks ?? []).flatMap((mark): Mark[] => {
    if (mark.type === "bold" || mark.type === "italic" || mark.type === "code") return [{ type: mark.type }];
    const href = mark.attrs?.href;
    return mark.type === "link" && typeof href === "string" ? [{ type: "link", attrs: { href } }] : [];
  });
  return kept.length > 0 ? { type: "text", text, marks: kept } : { type: "text", text };
}

function plainText(node: EditorNode): string {
  if (node.type === "hardBreak") return "\n";
  return node.text ?? (node.content ?? []).map(plainText).join("");
}
