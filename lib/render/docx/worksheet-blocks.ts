import { isSectionBlank, summariseItems } from "@/lib/domain/worksheet/item-summary";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import { NO_CONTENT } from "@/lib/domain/worksheet/roc-table";
import { partHint } from "@/lib/domain/worksheet/section-hints";
import { HEADER_LABEL, PART_LABELS, type TextPartKey, textPartsOf } from "@/lib/domain/worksheet/sections";
import type { Fact, ItemSummary } from "@/lib/domain/worksheet/summary-shape";
import { type DocxCell, line, paragraph, table, textCell } from "@/lib/render/docx/blocks";
import type { DocxDraft } from "@/lib/render/docx/draft";
import { narrativeBlocks } from "@/lib/render/docx/narrative";
import { INK, run } from "@/lib/render/docx/runs";
import type { Content, Xml } from "@/lib/render/office/xml";
import { PAPER_SOURCES, PAPER_TITLES } from "@/lib/render/pdf/kind-words";
import type { ThreadModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { revisionWords, statusWords } from "@/lib/render/pdf/words";

/** What a worksheet is laid out into. */
export interface Column {
  readonly draft: DocxDraft;
  /** In twentieths of a point. */
  readonly width: number;
}

/** The columns of the report's appendix: the row, what is asked, what is answered. */
const SHARES = [0.19, 0.19, 0.62] as const;
/** Between a cell's rule and its text, at either side. */
const CELL_MARGIN = 90;

/** The name of a worksheet as a place in the document. */
export function worksheetBookmark(index: number): string {
  return `worksheet_${index + 1}`;
}

/**
 * The worksheet in the shape of the report's appendix, or a record in its own: the requirement in a head, then its numbered
 * rows in their order. Comments stand in the margin of the row or the item that they are about.
 */
export function worksheetBlocks(model: WorksheetPdfModel, index: number, { draft, width }: Column): readonly Xml[] {
  const { requirementNumber } = model.header;
  const title = draft.bookmark(worksheetBookmark(index), run(`${PAPER_TITLES[model.kind]} ${requirementNumber}`));
  const about = model.threads.filter(({ section }) => section === null);
  return [
    paragraph({ style: "Heading1" }, draft.commented(about, title, model.revision)),
    table({ widths: [width / 2, width / 2], rows: [mastFacts(model)], rules: "none" }),
    line("", { style: "Small" }),
    appendixTable(model, { draft, width }),
    line("", { style: "Small" }),
  ];
}

function mastFacts(model: WorksheetPdfModel): readonly DocxCell[] {
  const { header } = model;
  const cell = (facts: readonly (readonly [string, string])[]): DocxCell => ({
    blocks: facts.filter(([, text]) => text.trim() !== "").map(([term, text]) => factLine({ term, text })),
  });
  return [
    cell([
      ["Entity", header.entityName],
      ["Engagement", header.engagementName],
      ["Assessor company", model.assessorName],
    ]),
    cell([
      ["Standard", `PCI DSS ${header.standardVersion}, ${PAPER_SOURCES[model.kind]}`],
      ["Revision", revisionWords(model)],
      ["Status", statusWords(model)],
      ["Catalogue", model.catalogueVersion],
    ]),
  ];
}

/** A term, which may be a question, and its text in one line. */
export function factLine({ term, text }: Fact): Xml {
  const lead = term.endsWith("?") ? `${term} ` : `${term}: `;
  return paragraph({ style: "Small" }, run(lead, { bold: true, colour: INK.muted }), run(text));
}

function appendixTable(model: WorksheetPdfModel, { draft, width }: Column): Xml {
  const { requirementNumber, requirementTitle, standardVersion } = model.header;
  const widths = SHARES.map((share) => Math.floor(share * width));
  const requirement: DocxCell = {
    span: 2,
    blocks: [
      line(`${requirementNumber}  ${requirementTitle}`, {}, { bold: true }),
      ...(model.scope.trim() === "" ? [] : [factLine({ term: "Scope", text: model.scope })]),
    ],
  };
  const head = (text: string) => textCell(text, { tinted: true, bold: true });
  return table({
    widths,
    heads: 2,
    rows: [
      [{ tinted: true, blocks: [line(HEADER_LABEL, { style: "Label" })] }, requirement],
      [head(""), head("Information Required"), head("Explanation")],
      ...textPartsOf(model.kind, standardVersion).map((key, index) =>
        sectionRow(model, key, index + 1, { draft, width: (widths[2] ?? 0) - 2 * CELL_MARGIN }),
      ),
    ],
  });
}

function sectionRow(model: WorksheetPdfModel, key: TextPartKey, number: number, column: Column): readonly DocxCell[] {
  const summary = summariseItems(model.sections, key);
  const own = model.threads.filter(({ section }) => section === key);
  const names = new Set(summary.items.map(nameOf));
  const onSection = own.filter(({ itemLabel }) => !names.has(itemLabel));
  const label = run(`${number}. ${PART_LABELS[key]}`);
  return [
    {
      tinted: true,
      blocks: [paragraph({ style: "Label" }, column.draft.commented(onSection, [label], model.revision))],
    },
    textCell(partHint(key)),
    { blocks: sectionContent(model, key, own, column) },
  ];
}

/** What people call an item, as threads name the one that they are about. */
function nameOf({ label, title }: ItemSummary): string {
  return label || title;
}

function sectionContent(
  model: WorksheetPdfModel,
  key: TextPartKey,
  threads: readonly ThreadModel[],
  { draft, width }: Column,
): readonly Xml[] {
  if (isSectionBlank(model.sections, key)) return [line(NO_CONTENT, {}, { italic: true, colour: INK.muted })];
  const { before, items, after } = summariseItems(model.sections, key);
  // Two items of one name: the first has the comments.
  const placed = new Set<string>();
  return [
    ...narrativeBlocks(model.sections[key]?.narrative ?? EMPTY_NARRATIVE, { draft, width }),
    ...before.map(factLine),
    ...items.flatMap((item) => {
      const name = nameOf(item);
      const own = placed.has(name) ? [] : threads.filter(({ itemLabel }) => itemLabel === name);
      placed.add(name);
      return itemBlocks(item, (content) => draft.commented(own, content, model.revision));
    }),
    ...after.map(factLine),
  ];
}

function itemBlocks(item: ItemSummary, commented: (content: readonly Content[]) => readonly Content[]): readonly Xml[] {
  const name = [item.label, item.title].filter((part) => part.trim() !== "").join("  ");
  const traits = item.traits.join(" · ");
  const heading = [
    ...(name === "" ? [] : [run(name, { bold: true })]),
    ...(traits === "" ? [] : [run(`${name === "" ? "" : "   "}${traits}`, { colour: INK.muted, size: 18 })]),
  ];
  const body = item.body.trim() === "" ? [] : [run(item.body)];
  // A bare label, such as R1, leads into its text instead of standing alone.
  const inline = item.title.trim() === "" && traits === "" && body.length > 0;
  const first = inline ? [...heading, run("  "), ...body] : heading;
  return [
    paragraph({ before: 120, keepWithNext: !inline || item.facts.length > 0 }, commented(first)),
    ...(inline || body.length === 0 ? [] : [paragraph({}, body)]),
    ...item.facts.map(factLine),
  ];
}
