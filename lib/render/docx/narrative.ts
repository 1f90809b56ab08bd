import type { BlockNode, InlineNode, ListItemNode, Mark, Narrative, TableNode } from "@/lib/domain/worksheet/narrative";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";
import { safeLink } from "@/lib/domain/worksheet/safe-link";
import { type DocxCell, type ParagraphSetting, paragraph, table } from "@/lib/render/docx/blocks";
import { BULLETS, DEEPEST_LEVEL, type DocxDraft } from "@/lib/render/docx/draft";
import { INK, type RunStyle, run } from "@/lib/render/docx/runs";
import type { Content, Xml } from "@/lib/render/office/xml";

/** Where rich text stands: how wide it may be, in twentieths of a point. */
export interface Place {
  readonly draft: DocxDraft;
  readonly width: number;
}

/** How far a level of a list is indented, in twentieths of a point. */
export const LIST_INDENT = 340;
const NARROWEST_COLUMN = 300;

/** A narrative as blocks; none when it holds no text. */
export function narrativeBlocks(narrative: Narrative, place: Place): readonly Xml[] {
  return isNarrativeEmpty(narrative) ? [] : blocks(narrative.content, place);
}

function blocks(nodes: readonly BlockNode[], place: Place): readonly Xml[] {
  return nodes.flatMap((node) => block(node, place, {}, -1));
}

/** @param level of the list that it stands in; -1 outside of lists */
function block(node: BlockNode, place: Place, setting: ParagraphSetting, level: number): readonly Xml[] {
  switch (node.type) {
    case "paragraph":
      return [paragraph(setting, inlineRuns(node.content ?? [], place.draft))];
    case "codeBlock": {
      const text = (node.content ?? []).map((part) => part.text).join("");
      return [paragraph({ ...setting, style: "Code" }, run(text))];
    }
    case "bulletList":
      return list(node.content, place, level + 1, () => BULLETS);
    case "orderedList": {
      const depth = Math.min(level + 1, DEEPEST_LEVEL);
      const id = place.draft.orderedList(depth, node.attrs?.start ?? 1);
      return list(node.content, place, level + 1, () => id);
    }
    case "table":
      return [narrativeTable(node, place), paragraph({ style: "Small" })];
  }
}

function list(items: readonly ListItemNode[], place: Place, depth: number, numberOf: () => number): readonly Xml[] {
  const level = Math.min(depth, DEEPEST_LEVEL);
  const marked: ParagraphSetting = { list: { id: numberOf(), level } };
  const below: ParagraphSetting = { indent: LIST_INDENT * (level + 1) };
  return items.flatMap((item) => {
    const [first] = item.content;
    // A list item that begins with another list has a line of its own all the same.
    const begins = first?.type === "paragraph" || first?.type === "codeBlock";
    const rest = item.content.flatMap((node, index) =>
      block(node, place, begins && index === 0 ? marked : below, level),
    );
    return begins ? rest : [paragraph(marked), ...rest];
  });
}

function narrativeTable(node: TableNode, { draft, width }: Place): Xml {
  const count = Math.max(...node.content.map((row) => row.content.length), 1);
  const each = Math.max(NARROWEST_COLUMN, Math.floor(width / count));
  const rows = node.content.map((row) =>
    Array.from({ length: count }, (_, index): DocxCell => {
      const cell = row.content[index];
      if (!cell) return { blocks: [] };
      return {
        blocks: blocks(cell.content, { draft, width: each }),
        ...(cell.type === "tableHeader" ? { tinted: true } : {}),
      };
    }),
  );
  const headed = node.content[0]?.content.every((cell) => cell.type === "tableHeader") === true && rows.length > 1;
  return table({ widths: Array.from({ length: count }, () => each), rows, heads: headed ? 1 : 0 });
}

/** Inline content as runs. An address that may not be a link is printed behind its text, so that it is not lost. */
function inlineRuns(nodes: readonly InlineNode[], draft: DocxDraft): readonly Content[] {
  return nodes.map((node): Content => {
    if (node.type === "hardBreak") return run("\n");
    const marks = node.marks ?? [];
    const style = marks.reduce(withMark, {} as RunStyle);
    const link = marks.find((mark) => mark.type === "link");
    if (!link) return run(node.text, style);
    const url = safeLink(link.attrs.href);
    if (url === null) return [run(node.text, style), run(` [${link.attrs.href}]`, { colour: INK.muted })];
    return draft.link(url, run(node.text, { ...style, style: "Hyperlink" }));
  });
}

function withMark(style: RunStyle, mark: Mark): RunStyle {
  switch (mark.type) {
    case "bold":
      return { ...style, bold: true };
    case "italic":
      return { ...style, italic: true };
    case "code":
      return { ...style, mono: true };
    case "link":
      return style;
  }
}
