import type { BlockNode, InlineNode, ListItemNode, Mark, Narrative, TableNode } from "@/lib/domain/worksheet/narrative";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";
import { safeLink } from "@/lib/domain/worksheet/safe-link";
import type { Fonts } from "@/lib/render/pdf/fonts";
import { naturalWidths } from "@/lib/render/pdf/line-breaker";
import { enclosed, gap, indented, paragraph, type Strip, tagsOf, tinted, within } from "@/lib/render/pdf/strip";
import { ATTRIBUTES, Tag } from "@/lib/render/pdf/structure";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { type Cell, innerWidth, shareWidth, tableStrips } from "@/lib/render/pdf/table";
import type { TextRun, TextStyle } from "@/lib/render/pdf/text-runs";
import { COLOURS } from "@/lib/render/pdf/theme";

/** What rich text is laid out for. Widths in points. */
export interface Column {
  readonly width: number;
  readonly fonts: Fonts;
  /** The style of text without marks. */
  readonly style: TextStyle;
}

const BETWEEN_BLOCKS = 5;
const BETWEEN_ITEMS = 2;
const INDENT = 15;
/** Lists go no further to the right than this depth; deeper ones stay at its indent. */
const DEEPEST_INDENT = 6;
const CODE_PADDING = 6;
const BULLETS = ["•", "–", "·"] as const;

/** A narrative as strips; none when it holds no text. */
export function narrativeStrips(narrative: Narrative, column: Column): readonly Strip[] {
  return isNarrativeEmpty(narrative) ? [] : blocks(narrative.content, column, 0);
}

/** Plain text as strips, its line feeds kept. */
export function plainStrips(text: string, column: Column): readonly Strip[] {
  return paragraph([run(text, column.style)], column.width, column.fonts);
}

function blocks(nodes: readonly BlockNode[], column: Column, depth: number): readonly Strip[] {
  const between = gap(depth === 0 ? BETWEEN_BLOCKS : BETWEEN_ITEMS);
  return nodes.flatMap((node, index) =>
    index === 0 ? block(node, column, depth) : [between, ...block(node, column, depth)],
  );
}

function block(node: BlockNode, column: Column, depth: number): readonly Strip[] {
  switch (node.type) {
    case "paragraph":
      return paragraph(inlineRuns(node.content ?? [], column.style), column.width, column.fonts);
    case "codeBlock":
      return code((node.content ?? []).map((part) => part.text).join(""), column);
    case "bulletList":
      return list(node.content, column, depth, ATTRIBUTES.bullets, () => BULLETS[depth % BULLETS.length] ?? "•");
    case "orderedList": {
      const start = node.attrs?.start ?? 1;
      return list(node.content, column, depth, ATTRIBUTES.numbers, (index) => `${start + index}.`);
    }
    case "table":
      return table(node, column);
  }
}

function list(
  items: readonly ListItemNode[],
  column: Column,
  depth: number,
  attributes: string,
  marker: (index: number) => string,
): readonly Strip[] {
  const { fonts, style } = column;
  const longest = naturalWidths([run(marker(items.length - 1), style)], fonts).full;
  const indent = depth < DEEPEST_INDENT ? Math.max(INDENT, longest + 5) : 0;
  const inner = { ...column, width: column.width - indent };
  const tag = new Tag("L");
  tag.attributes = attributes;
  return items.flatMap((item, index) => {
    const mark = paragraph([run(marker(index), style)], indent, fonts, { tag: "Lbl" }).slice(0, 1);
    const content = blocks(item.content, inner, depth + 1);
    tag.add(new Tag("LI", [...tagsOf(mark), enclosed(content, "LBody")]));
    const strips = within(indented(content, indent, indent > 0 ? mark[0] : undefined), tag);
    return index === 0 ? strips : [gap(BETWEEN_ITEMS), ...strips];
  });
}

function code(text: string, { width, fonts }: Column): readonly Strip[] {
  const lines = paragraph([run(text, STYLES.code)], width - 2 * CODE_PADDING, fonts);
  const pad: Strip = { height: CODE_PADDING - 1, keepWithNext: true };
  const end: Strip = { height: CODE_PADDING - 1 };
  return tinted([pad, ...indented(lines, CODE_PADDING), end], width, COLOURS.code);
}

function table(node: TableNode, column: Column): readonly Strip[] {
  const style = { ...column.style, size: STYLES.small.size };
  const count = Math.max(...node.content.map((row) => row.content.length), 1);
  const padding = { x: count > 8 ? 2 : 5, y: 3 };
  const wants = Array.from({ length: count }, (_, index) => {
    const cells = node.content.map((row) => row.content[index]).filter((cell) => cell !== undefined);
    const widths = cells.map((cell) =>
      cellWidths(cell.content, cell.type === "tableHeader" ? { ...style, bold: true } : style, column.fonts),
    );
    const most = (pick: (one: { least: number; full: number }) => number) =>
      Math.max(0, ...widths.map(pick)) + 2 * padding.x;
    return { least: most((one) => one.least), full: most((one) => one.full) };
  });
  const widths = shareWidth(wants, column.width);
  const rows = node.content.map((row) =>
    Array.from({ length: count }, (_, index): Cell => {
      const cell = row.content[index];
      const header = cell?.type === "tableHeader";
      const inner = {
        ...column,
        style: header ? { ...style, bold: true } : style,
        width: innerWidth(widths[index] ?? 1, padding),
      };
      const looks = header ? { tint: COLOURS.tint, head: index === 0 ? ("row" as const) : ("column" as const) } : {};
      return { strips: cell ? blocks(cell.content, inner, 1) : [], ...looks };
    }),
  );
  const headed = node.content[0]?.content.every((cell) => cell.type === "tableHeader") === true && rows.length > 1;
  return tableStrips({
    widths,
    ...(headed ? { head: rows[0] ?? [] } : {}),
    rows: headed ? rows.slice(1) : rows,
    rules: "grid",
    padding,
  });
}

function cellWidths(nodes: readonly BlockNode[], style: TextStyle, fonts: Fonts): { least: number; full: number } {
  let least = 0;
  let full = 0;
  for (const node of nodes) {
    const own =
      node.type === "paragraph"
        ? naturalWidths(inlineRuns(node.content ?? [], style), fonts)
        : node.type === "codeBlock"
          ? naturalWidths([run((node.content ?? []).map((part) => part.text).join(""), STYLES.code)], fonts)
          : node.type === "table"
            ? { least: 0, full: 0 }
            : indentedWidths(node.content.map((item) => cellWidths(item.content, style, fonts)));
    least = Math.max(least, own.least);
    full = Math.max(full, own.full);
  }
  return { least, full };
}

function indentedWidths(items: readonly { least: number; full: number }[]): { least: number; full: number } {
  return {
    least: INDENT + Math.max(0, ...items.map((item) => item.least)),
    full: INDENT + Math.max(0, ...items.map((item) => item.full)),
  };
}

/** Inline content as runs. An address that may not be a link is printed behind its text, so that it is not lost. */
export function inlineRuns(nodes: readonly InlineNode[], style: TextStyle): readonly TextRun[] {
  if (nodes.length === 0) return [run("", style)];
  return nodes.flatMap((node): readonly TextRun[] => {
    if (node.type === "hardBreak") return [run("\n", style)];
    const marks = node.marks ?? [];
    const styled = marks.reduce(withMark, style);
    const link = marks.find((mark) => mark.type === "link");
    const refused = link && safeLink(link.attrs.href) === null;
    return refused
      ? [run(node.text, styled), run(` [${link.attrs.href}]`, { ...style, colour: COLOURS.muted })]
      : [run(node.text, styled)];
  });
}

function withMark(style: TextStyle, mark: Mark): TextStyle {
  switch (mark.type) {
    case "bold":
      return { ...style, bold: true };
    case "italic":
      return { ...style, italic: true };
    case "code":
      return { ...style, mono: true, size: style.size * 0.88 };
    case "link": {
      const url = safeLink(mark.attrs.href);
      return url === null ? style : { ...style, colour: COLOURS.link, target: { url } };
    }
  }
}
