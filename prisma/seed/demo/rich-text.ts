import type {
  BlockNode,
  InlineNode,
  ListItemNode,
  Narrative,
  ParagraphNode,
  TableCellNode,
  TextNode,
} from "@/lib/domain/worksheet/narrative";

/** A block of demo text: a paragraph, a list, preformatted text, or a table whose first row is its head. */
export type DemoBlock =
  | string
  | { readonly bullets: readonly string[] }
  | { readonly steps: readonly string[] }
  | { readonly code: string }
  | { readonly table: readonly (readonly string[])[] };

const INLINE = /\*\*(?<bold>[^*]+)\*\*|_(?<italic>[^_]+)_|`(?<code>[^`]+)`|\[(?<label>[^\]]+)\]\((?<href>[^)]+)\)/gu;

/** Builds a narrative. Inside text: `**bold**`, `_italic_`, `` `code` `` and `[label](address)`. */
export function narrative(...blocks: readonly DemoBlock[]): Narrative {
  return { type: "doc", content: blocks.map(block) };
}

function block(source: DemoBlock): BlockNode {
  if (typeof source === "string") return paragraph(source);
  if ("bullets" in source) return { type: "bulletList", content: source.bullets.map(listItem) };
  if ("steps" in source) return { type: "orderedList", content: source.steps.map(listItem) };
  if ("code" in source) return { type: "codeBlock", content: [{ type: "text", text: source.code }] };
  return {
    type: "table",
    content: source.table.map((row, index) => ({
      type: "tableRow",
      content: row.map((cell) => tableCell(cell, index === 0)),
    })),
  };
}

function listItem(source: string): ListItemNode {
  return { type: "listItem", content: [paragraph(source)] };
}

function tableCell(source: string, head: boolean): TableCellNode {
  return { type: head ? "tableHeader" : "tableCell", content: [paragraph(source)] };
}

function paragraph(source: string): ParagraphNode {
  return source === "" ? { type: "paragraph" } : { type: "paragraph", content: inline(source) };
}

function inline(source: string): InlineNode[] {
  const nodes: InlineNode[] = [];
  let from = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > from) nodes.push({ type: "text", text: source.slice(from, match.index) });
    nodes.push(marked(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  if (from < source.length) nodes.push({ type: "text", text: source.slice(from) });
  return nodes;
}

function marked(groups: { [name: string]: string | undefined }): TextNode {
  if (groups.bold !== undefined) return { type: "text", text: groups.bold, marks: [{ type: "bold" }] };
  if (groups.italic !== undefined) return { type: "text", text: groups.italic, marks: [{ type: "italic" }] };
  if (groups.code !== undefined) return { type: "text", text: groups.code, marks: [{ type: "code" }] };
  const href = groups.href ?? "";
  return { type: "text", text: groups.label ?? href, marks: [{ type: "link", attrs: { href } }] };
}
