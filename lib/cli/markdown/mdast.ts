import type { fromMarkdown } from "mdast-util-from-markdown";

/** A document of Markdown as the parser gives it. */
export type Root = ReturnType<typeof fromMarkdown>;
/** What stands in a document, a list item or a table, at any depth. */
export type MdNode = Root["children"][number];
/** A node of Markdown by its type. */
export type Md<T extends MdNode["type"]> = Extract<MdNode, { readonly type: T }>;
/** What stands within a paragraph. */
export type MdInline = Md<"paragraph">["children"][number];
/** What stands within a list item. */
export type MdItemChild = Md<"listItem">["children"][number];

/** The line on which a node begins, counted from 1. */
export function lineOf(node: {
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}): number {
  return node.position?.start.line ?? 1;
}

/** Stands for a paragraph with nothing in it, which Markdown has not. */
export const EMPTY_PARAGRAPH = "<!-- empty paragraph -->";
/** Keeps two lists apart that stand one behind the other. */
export const BETWEEN_LISTS = "<!---->";
/** A line that stays within its paragraph, where a backslash at the end of a line cannot say it. */
export const BREAK = "<br>";
/** Begins a further paragraph within the cell of a table. */
export const NEXT_PARAGRAPH = "<p>";

/** What stands behind the fence of a block that holds blocks of the narrative which Markdown cannot hold. */
export const AS_IT_IS = { lang: "json", meta: "narrative" } as const;

/**
 * A line as conflict marks are written; no text of ours has one, so that a mark always means a conflict. Only a line feed
 * ends a line here, as in git: U+2028, which ends one for regular expressions, may stand within a text.
 */
export const MARK_LINE = /(?<![^\n])(?:<{7}|\|{7}|={7}|>{7})(?![^ \t\n])/;

/** A text as files are read: whatever ended its lines, line feeds do. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
