import { type AttributeSpec, type DOMOutputSpec, type NodeSpec, Schema } from "prosemirror-model";
import { isAllowedAddress } from "@/components/worksheet/narrative/link-address";

/** What a list item and a table cell hold: the model knows no table inside them, and any block may come first. */
const NESTED_CONTENT = "(paragraph | codeBlock | bulletList | orderedList)+";

/** Each cell is one cell: spans come in with pasted tables and are dropped. The names are those that the table commands ask for. */
const ONE_CELL: Readonly<Record<string, AttributeSpec>> = {
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null },
};

function cell(tag: "td" | "th", tableRole: "cell" | "header_cell"): NodeSpec {
  return {
    content: NESTED_CONTENT,
    attrs: ONE_CELL,
    tableRole,
    isolating: true,
    parseDOM: [{ tag }],
    toDOM: (): DOMOutputSpec => [tag, 0],
  };
}

/**
 * The editor's document: exactly the nodes and marks of the narrative model (decision 7), so that whatever is pasted is
 * reduced to them. The first block is what a new line becomes, and marks are kept in the order that they have here.
 */
export const EDITOR_SCHEMA = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    bulletList: { group: "block", content: "listItem+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    orderedList: {
      group: "block",
      content: "listItem+",
      attrs: { start: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (list) => ({ start: firstNumber(list) }) }],
      toDOM: ({ attrs }) => (attrs.start === 1 ? ["ol", 0] : ["ol", { start: attrs.start }, 0]),
    },
    listItem: { content: NESTED_CONTENT, defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    codeBlock: {
      group: "block",
      content: "text*",
      marks: "",
      code: true,
      defining: true,
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
      toDOM: () => ["pre", ["code", 0]],
    },
    table: {
      group: "block",
      content: "tableRow+",
      tableRole: "table",
      isolating: true,
      parseDOM: [{ tag: "table" }],
      toDOM: () => ["div", { class: "tableWrapper" }, ["table", ["tbody", 0]]],
    },
    tableRow: {
      content: "(tableCell | tableHeader)*",
      tableRole: "row",
      parseDOM: [{ tag: "tr" }],
      toDOM: () => ["tr", 0],
    },
    tableCell: cell("td", "cell"),
    tableHeader: cell("th", "header_cell"),
    hardBreak: {
      group: "inline",
      inline: true,
      selectable: false,
      linebreakReplacement: true,
      leafText: () => "\n",
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    text: { group: "inline" },
  },
  marks: {
    link: {
      attrs: { href: {} },
      // What is typed behind a link does not belong to it.
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => linkOf(link) }],
      toDOM: ({ attrs }) => ["a", { href: attrs.href, target: "_blank", rel: "noopener noreferrer nofollow" }, 0],
    },
    bold: {
      parseDOM: [
        { tag: "strong" },
        // Google Docs wraps all that is copied from it into a <b> that is not bold.
        { tag: "b", getAttrs: (bold) => bold.style.fontWeight !== "normal" && null },
        { style: "font-weight=400", clearMark: ({ type }) => type.name === "bold" },
        { style: "font-weight", getAttrs: (weight) => /^(bold(er)?|[5-9]\d{2,})$/u.test(weight) && null },
      ],
      toDOM: () => ["strong", 0],
    },
    // Beside any other mark, such as a bold or linked key name.
    code: { excludes: "", code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
    italic: {
      parseDOM: [
        { tag: "em" },
        { tag: "i", getAttrs: (italic) => italic.style.fontStyle !== "normal" && null },
        { style: "font-style=normal", clearMark: ({ type }) => type.name === "italic" },
        { style: "font-style=italic" },
      ],
      toDOM: () => ["em", 0],
    },
  },
});

/** The node types by name: they are all there, by the schema above. */
export const NODES = EDITOR_SCHEMA.nodes;
/** The mark types by name. */
export const MARKS = EDITOR_SCHEMA.marks;

function firstNumber(list: HTMLElement): number {
  const start = Number.parseInt(list.getAttribute("start") ?? "", 10);
  return Number.isSafeInteger(start) ? start : 1;
}

/** The address of a pasted link, or false for one that the model does not take: its text stays. */
function linkOf(link: HTMLElement): { readonly href: string } | false {
  const href = link.getAttribute("href")?.trim() ?? "";
  return isAllowedAddress(href) ? { href } : false;
}
