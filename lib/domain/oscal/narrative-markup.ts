import { escapeMarkup, uriOf } from "@/lib/domain/oscal/markup";
import type {
  BlockNode,
  InlineNode,
  ListItemNode,
  Mark,
  Narrative,
  TableCellNode,
  TableNode,
} from "@/lib/domain/worksheet/narrative";
import { blockText } from "@/lib/domain/worksheet/narrative-text";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

/** The narrative as Markdown: paragraphs, lists, code, links and tables. Empty when the narrative is. */
export function narrativeMarkup(narrative: Narrative): string {
  return blocks(narrative.content);
}

function blocks(nodes: readonly BlockNode[]): string {
  return nodes.map(block).filter(Boolean).join("\n\n");
}

function block(node: BlockNode): string {
  switch (node.type) {
    case "paragraph":
      return inline(node.content ?? []);
    case "codeBlock":
      return fenced(blockText(node));
    case "bulletList":
      return node.content.map((item) => listItem("- ", item)).join("\n");
    case "orderedList": {
      const start = node.attrs?.start ?? 1;
      return node.content.map((item, index) => listItem(`${start + index}. `, item)).join("\n");
    }
    case "table":
      return table(node);
  }
}

function fenced(code: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}\n${code}\n${fence}`;
}

function longestRun(code: string): number {
  let longest = 0;
  for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** What belongs to an item is indented as far as its text begins. */
function listItem(sign: string, { content }: ListItemNode): string {
  return sign + blocks(content).replaceAll("\n", `\n${" ".repeat(sign.length)}`);
}

function table({ content }: TableNode): string {
  const [first, ...others] = content;
  if (!first) return "";
  const width = Math.max(1, ...content.map((row) => row.content.length));
  const row = (cells: readonly TableCellNode[]) =>
    `| ${Array.from({ length: width }, (_, index) => cellText(cells[index])).join(" | ")} |`;
  // A table of Markdown has a head; one that has none of its own gets an empty one.
  const head = first.content.every(({ type }) => type === "tableHeader");
  const rule = `|${" --- |".repeat(width)}`;
  const rows = [...(head ? [] : [first]), ...others].map((one) => row(one.content));
  return [row(head ? first.content : []), rule, ...rows].join("\n");
}

function cellText(cell: TableCellNode | undefined): string {
  return escapeMarkup((cell?.content ?? []).map(blockText).join(" ").replace(/\s+/gu, " ").trim());
}

function inline(nodes: readonly InlineNode[]): string {
  return nodes.map((node) => (node.type === "hardBreak" ? "\\\n" : marked(node.text, node.marks ?? []))).join("");
}

/** Blanks at the ends stand outside of the marks, where Markdown wants them. */
function marked(text: string, marks: readonly Mark[]): string {
  const middle = text.trim();
  if (middle === "" || marks.length === 0) return escapeMarkup(text);
  const start = marks.some(({ type }) => type === "code") ? code(middle) : escapeMarkup(middle);
  const begins = text.length - text.trimStart().length;
  return text.slice(0, begins) + marks.reduce(mark, start) + text.slice(begins + middle.length);
}

function code(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const edge = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return fence + edge + text.replace(/\s+/gu, " ") + edge + fence;
}

function mark(inner: string, one: Mark): string {
  if (one.type === "bold") return `**${inner}**`;
  if (one.type === "italic") return `*${inner}*`;
  if (one.type === "code") return inner;
  const href = safeLink(one.attrs.href);
  return href ? `[${inner}](<${uriOf(href)}>)` : inner;
}
