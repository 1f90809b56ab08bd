import { INK, type RunStyle, run } from "@/lib/render/docx/runs";
import { type Content, element, type Xml } from "@/lib/render/office/xml";

/** Styles of paragraphs, by their ids in the document. */
export type ParagraphStyle =
  | "Title"
  | "Subtitle"
  | "Heading1"
  | "Heading2"
  | "Heading3"
  | "Small"
  | "Code"
  | "Label"
  | "TOC1"
  | "Header"
  | "Footer"
  | "CommentText";

/** How a paragraph stands, beside its runs. Lengths in twentieths of a point. */
export interface ParagraphSetting {
  readonly style?: ParagraphStyle | undefined;
  readonly list?: { readonly id: number; readonly level: number } | undefined;
  readonly indent?: number | undefined;
  readonly before?: number | undefined;
  readonly align?: "center" | "right" | undefined;
  readonly keepWithNext?: boolean | undefined;
  /** For a paragraph that Word's threads of comments name: eight hex digits. */
  readonly id?: string | undefined;
  /** The section that ends with this paragraph. */
  readonly section?: Xml | undefined;
}

/** A paragraph of runs. */
export function paragraph(setting: ParagraphSetting, ...content: readonly Content[]): Xml {
  const { style, list, indent, before, align, keepWithNext, id, section } = setting;
  const properties: readonly Content[] = [
    style && element("w:pStyle", { "w:val": style }),
    keepWithNext ? element("w:keepNext") : undefined,
    list &&
      element("w:numPr", {}, element("w:ilvl", { "w:val": list.level }), element("w:numId", { "w:val": list.id })),
    before === undefined ? undefined : element("w:spacing", { "w:before": before }),
    indent === undefined ? undefined : element("w:ind", { "w:left": indent }),
    align && element("w:jc", { "w:val": align }),
    section,
  ];
  const given = properties.some((one) => one !== undefined) ? element("w:pPr", {}, properties) : undefined;
  return element("w:p", { "w14:paraId": id }, given, content);
}

/** A paragraph of one run. */
export function line(text: string, setting: ParagraphSetting = {}, style: RunStyle = {}): Xml {
  return paragraph(setting, run(text, style));
}

/** A cell: blocks, of which the last has to be a paragraph and is made one. */
export interface DocxCell {
  readonly blocks: readonly Xml[];
  readonly tinted?: boolean;
  /** How many columns it takes; one unless said otherwise. */
  readonly span?: number;
  /** Whether its last block is a table, behind which Word wants a paragraph. */
  readonly endsWithTable?: boolean;
}

/** A table of a fixed width. */
export interface DocxTable {
  /** The columns' widths, in twentieths of a point. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly DocxCell[])[];
  /** How many rows come again on each page. */
  readonly heads?: number;
  readonly rules?: "grid" | "rows" | "none";
}

/** A table. Word wants a paragraph behind it, which is the caller's to put there. */
export function table({ widths, rows, heads = 0, rules = "grid" }: DocxTable): Xml {
  const total = widths.reduce((sum, width) => sum + width, 0);
  return element(
    "w:tbl",
    {},
    element(
      "w:tblPr",
      {},
      element("w:tblW", { "w:w": total, "w:type": "dxa" }),
      borders(rules),
      element("w:tblLayout", { "w:type": "fixed" }),
      element("w:tblCellMar", {}, ...MARGINS),
    ),
    element(
      "w:tblGrid",
      {},
      widths.map((width) => element("w:gridCol", { "w:w": width })),
    ),
    rows.map((cells, index) =>
      element(
        "w:tr",
        {},
        index < heads ? element("w:trPr", {}, element("w:cantSplit"), element("w:tblHeader")) : undefined,
        rowCells(cells, widths),
      ),
    ),
  );
}

const MARGINS = ["top", "left", "bottom", "right"].map((side) =>
  element(`w:${side}`, { "w:w": side === "top" || side === "bottom" ? 40 : 90, "w:type": "dxa" }),
);

function borders(rules: NonNullable<DocxTable["rules"]>): Xml {
  const drawn =
    rules === "grid"
      ? ["top", "left", "bottom", "right", "insideH", "insideV"]
      : rules === "rows"
        ? ["top", "bottom", "insideH"]
        : [];
  return element(
    "w:tblBorders",
    {},
    ["top", "left", "bottom", "right", "insideH", "insideV"].map((side) =>
      element(`w:${side}`, {
        "w:val": drawn.includes(side) ? "single" : "nil",
        ...(drawn.includes(side) ? { "w:sz": 4, "w:space": 0, "w:color": INK.rule } : {}),
      }),
    ),
  );
}

function rowCells(cells: readonly DocxCell[], widths: readonly number[]): readonly Xml[] {
  let column = 0;
  return cells.map(({ blocks, tinted, span = 1, endsWithTable }) => {
    const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0);
    column += span;
    return element(
      "w:tc",
      {},
      element(
        "w:tcPr",
        {},
        element("w:tcW", { "w:w": width, "w:type": "dxa" }),
        span > 1 ? element("w:gridSpan", { "w:val": span }) : undefined,
        tinted ? element("w:shd", { "w:val": "clear", "w:color": "auto", "w:fill": INK.tint }) : undefined,
      ),
      blocks,
      blocks.length === 0 || endsWithTable ? paragraph({ style: "Small" }) : undefined,
    );
  });
}

/** A cell of plain text in small type. */
export function textCell(text: string, more: { readonly tinted?: boolean; readonly bold?: boolean } = {}): DocxCell {
  return {
    blocks: [line(text, { style: "Small" }, more.bold ? { bold: true } : {})],
    ...(more.tinted ? { tinted: true } : {}),
  };
}
