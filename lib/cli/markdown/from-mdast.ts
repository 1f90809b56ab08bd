import {
  AS_IT_IS,
  BETWEEN_LISTS,
  EMPTY_PARAGRAPH,
  lineOf,
  type Md,
  type MdInline,
  type MdNode,
  NEXT_PARAGRAPH,
} from "@/lib/cli/markdown/mdast";
import { joinRuns, MARK_ORDER } from "@/lib/cli/markdown/runs";
import type { Trouble } from "@/lib/cli/trouble";
import { narrativeSchema } from "@/lib/contracts/narrative";
import type {
  BlockNode,
  InlineNode,
  ListItemNode,
  Mark,
  ParagraphNode,
  TableCellNode,
  TableRowNode,
} from "@/lib/domain/worksheet/narrative";
import { LINK_SCHEMES } from "@/lib/domain/worksheet/narrative";

type ItemBlock = ListItemNode["content"][number];
type Tell = (trouble: Trouble) => void;

/** Why a kind of Markdown is not taken, for what narratives have no place for. */
const NOT_TAKEN: Readonly<Record<string, string>> = {
  heading: "Texts have no headings of their own: headings of level 2 begin the sections. Use a paragraph in bold.",
  blockquote: "Texts have no quotations. Use a paragraph.",
  thematicBreak: "Texts have no lines across. Leave it out.",
  image: "Texts have no pictures. Add it as evidence on the worksheet's page, and name it here.",
  imageReference: "Texts have no pictures. Add it as evidence on the worksheet's page, and name it here.",
  html: "Texts have no HTML. Write the text itself; \\< is a plain <.",
  definition: "Write an address behind its link, in round brackets.",
  linkReference: "Write the link's address behind it, in round brackets; \\[ is a plain [.",
  yaml: "There is no second head.",
  table: "A table stands by itself, not within a list.",
};

/**
 * The blocks of a narrative from nodes of Markdown.
 * @param tell is told of everything that a narrative has no place for; what is told of is left out of the result
 */
export function fromMdast(nodes: readonly MdNode[], tell: Tell): BlockNode[] {
  return nodes.flatMap((node): BlockNode[] => {
    if (node.type === "table") return table(node, tell);
    if (node.type === "code" && node.lang === AS_IT_IS.lang && node.meta === AS_IT_IS.meta) return asItWas(node, tell);
    return itemBlock(node, tell);
  });
}

/** Blocks that stand in the narrative's own words. */
function asItWas(node: Md<"code">, tell: Tell): BlockNode[] {
  const complain = (message: string) => {
    tell({ line: lineOf(node), message });
    return [];
  };
  try {
    const content: unknown = JSON.parse(node.value);
    const parsed = narrativeSchema.safeParse({ type: "doc", content });
    if (parsed.success) return [...parsed.data.content];
    return complain(`This block is no part of a text: ${parsed.error.issues[0]?.message ?? "it has another shape"}`);
  } catch {
    return complain("This block is not whole: it has to be JSON. Edit such text on the worksheet's page.");
  }
}

function itemBlock(node: MdNode, tell: Tell): ItemBlock[] {
  switch (node.type) {
    case "paragraph":
      return [paragraph(node.children, tell)];
    case "code":
      if (node.lang) {
        tell({ line: lineOf(node), message: `Code has no language here: leave “${node.lang}” out behind the fence.` });
      }
      return [
        node.value === ""
          ? { type: "codeBlock" }
          : { type: "codeBlock", content: [{ type: "text", text: node.value }] },
      ];
    case "list":
      return [list(node, tell)];
    case "html":
      if (node.value === EMPTY_PARAGRAPH) return [{ type: "paragraph" }];
      if (node.value === BETWEEN_LISTS) return [];
      break;
  }
  tell({ line: lineOf(node), message: NOT_TAKEN[node.type] ?? "Texts have no place for this." });
  return [];
}

function list(node: Md<"list">, tell: Tell): ItemBlock {
  const content = node.children.map((item): ListItemNode => {
    const blocks = item.children.flatMap((child) => itemBlock(child, tell));
    return { type: "listItem", content: blocks.length > 0 ? blocks : [{ type: "paragraph" }] };
  });
  if (!node.ordered) return { type: "bulletList", content };
  const start = node.start ?? 1;
  return { type: "orderedList", ...(start === 1 ? {} : { attrs: { start } }), content };
}

function table(node: Md<"table">, tell: Tell): BlockNode[] {
  const row = ({ children }: Md<"tableRow">, type: TableCellNode["type"]): TableRowNode => ({
    type: "tableRow",
    content: children.map((cell) => ({ type, content: cellBlocks(cell.children, tell) })),
  });
  const [head, ...rest] = node.children;
  if (node.align?.some((one) => one !== null)) {
    tell({
      line: lineOf(node),
      message: "Columns are not aligned here: leave the colons out of the line below the head.",
    });
  }
  const width = head?.children.length ?? 0;
  for (const one of rest.filter(({ children }) => children.length > width)) {
    tell({ line: lineOf(one), message: "This row has more cells than the table's head." });
  }
  const isBlank = head?.children.every((cell) => cell.children.length === 0) ?? true;
  const rows = rest.map((one) => row(one, "tableCell"));
  const content = head && !isBlank ? [row(head, "tableHeader"), ...rows] : rows;
  if (content.length === 0) {
    tell({ line: lineOf(node), message: "This table has nothing in it." });
    return [];
  }
  return [{ type: "table", content }];
}

function cellBlocks(nodes: readonly MdInline[], tell: Tell): ParagraphNode[] {
  const parts: MdInline[][] = [[]];
  for (const node of nodes) {
    if (node.type === "html" && node.value === NEXT_PARAGRAPH) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts.map((part) => paragraph(part, tell));
}

function paragraph(nodes: readonly MdInline[], tell: Tell): ParagraphNode {
  const content = joinRuns(nodes.flatMap((node) => inline(node, [], tell)));
  return content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" };
}

function inline(node: MdInline, marks: readonly Mark[], tell: Tell): InlineNode[] {
  const within = (children: readonly MdInline[], mark: Mark) =>
    children.flatMap((child) => inline(child, [...marks, mark], tell));
  switch (node.type) {
    case "text":
      // A line that ends within a paragraph is a blank, as everywhere in Markdown.
      return run(node.value.replaceAll("\n", " "), marks);
    case "inlineCode":
      return run(node.value, [...marks, { type: "code" }]);
    case "break":
      return [{ type: "hardBreak" }];
    case "strong":
      return within(node.children, { type: "bold" });
    case "emphasis":
      return within(node.children, { type: "italic" });
    case "link":
      tellOfLink(node, tell);
      return within(node.children, { type: "link", attrs: { href: node.url } });
    case "html":
      if (/^<br ?\/?>$/.test(node.value)) return [{ type: "hardBreak" }];
      break;
  }
  tell({ line: lineOf(node), message: NOT_TAKEN[node.type] ?? "Texts have no place for this." });
  return [];
}

function tellOfLink(node: Md<"link">, tell: Tell): void {
  const line = lineOf(node);
  if (node.title) tell({ line, message: "Links have no title here: leave the words behind the address out." });
  const isAllowed = URL.canParse(node.url) && (LINK_SCHEMES as readonly string[]).includes(new URL(node.url).protocol);
  if (!isAllowed) tell({ line, message: `Links may use https, http or mailto, with a full address: ${node.url}` });
  if (node.children.length === 0) tell({ line, message: "A link has words in its square brackets." });
}

/** Marks in the order in which the editor keeps them, each once. */
function run(text: string, marks: readonly Mark[]): InlineNode[] {
  if (text === "") return [];
  const own = MARK_ORDER.flatMap((type) => marks.find((mark) => mark.type === type) ?? []);
  return [own.length > 0 ? { type: "text", text, marks: own } : { type: "text", text }];
}
