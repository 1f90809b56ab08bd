/**
 * The narrative of a section: the editor's document as JSON, cut down to what we allow.
 * Node and mark names are ProseMirror's, so that the editor reads and writes it unchanged.
 */
export type Mark =
  | { readonly type: "bold" }
  | { readonly type: "italic" }
  | { readonly type: "code" }
  | { readonly type: "link"; readonly attrs: { readonly href: string } };

/** A run of text with its marks. The text is never empty. */
export type TextNode = { readonly type: "text"; readonly text: string; readonly marks?: readonly Mark[] };

/** What a paragraph holds. */
export type InlineNode = TextNode | { readonly type: "hardBreak" };

/** A paragraph; absent content means an empty line. */
export type ParagraphNode = { readonly type: "paragraph"; readonly content?: readonly InlineNode[] };

/** Preformatted text, such as a command or a policy. */
export type CodeBlockNode = { readonly type: "codeBlock"; readonly content?: readonly TextNode[] };

/** An item of a list: paragraphs and nested lists. */
export type ListItemNode = {
  readonly type: "listItem";
  readonly content: readonly (ParagraphNode | BulletListNode | OrderedListNode | CodeBlockNode)[];
};
/** An unordered list. */
export type BulletListNode = { readonly type: "bulletList"; readonly content: readonly ListItemNode[] };
/** A numbered list; `start` is its first number, 1 when absent. */
export type OrderedListNode = {
  readonly type: "orderedList";
  readonly attrs?: { readonly start?: number };
  readonly content: readonly ListItemNode[];
};

/** A table cell; header cells are marked by their type. Spans are not allowed. */
export type TableCellNode = {
  readonly type: "tableCell" | "tableHeader";
  readonly content: readonly (ParagraphNode | BulletListNode | OrderedListNode | CodeBlockNode)[];
};
/** A table row. */
export type TableRowNode = { readonly type: "tableRow"; readonly content: readonly TableCellNode[] };
/** A table. */
export type TableNode = { readonly type: "table"; readonly content: readonly TableRowNode[] };

/** What stands at the top level of a narrative. */
export type BlockNode = ParagraphNode | CodeBlockNode | BulletListNode | OrderedListNode | TableNode;

/** A whole narrative. */
export type Narrative = { readonly type: "doc"; readonly content: readonly BlockNode[] };

/** A narrative with nothing in it. */
export const EMPTY_NARRATIVE: Narrative = { type: "doc", content: [] };

/** Deepest nesting that a stored narrative may have: the document is 1, a text in a paragraph of it 3. */
export const DEEPEST_NODE = 12;

/** Most cells of a table's row. */
export const MOST_COLUMNS = 20;

/** Link schemes a narrative or an evidence link may use. */
export const LINK_SCHEMES = ["https:", "http:", "mailto:"] as const;
