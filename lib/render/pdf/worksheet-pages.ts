import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { isSectionBlank, summariseItems } from "@/lib/domain/worksheet/item-summary";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import { NO_CONTENT } from "@/lib/domain/worksheet/roc-table";
import { partHint } from "@/lib/domain/worksheet/section-hints";
import { HEADER_LABEL, PART_LABELS, type TextPartKey, textPartsOf } from "@/lib/domain/worksheet/sections";
import { type Book, type Flow, heightOfFirst } from "@/lib/render/pdf/book";
import { factStrips, summaryStrips } from "@/lib/render/pdf/item-strips";
import { PAPER_SOURCES, PAPER_TITLES, worksheetNotes } from "@/lib/render/pdf/kind-words";
import { type LogoRoom, logoStrips } from "@/lib/render/pdf/logo";
import { narrativeStrips } from "@/lib/render/pdf/rich-text";
import { gap, heightOf, paragraph, type Strip, tagsOf } from "@/lib/render/pdf/strip";
import { ATTRIBUTES, Tag } from "@/lib/render/pdf/structure";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { type Cell, innerWidth, TableParts, tableStrips } from "@/lib/render/pdf/table";
import { COLOURS } from "@/lib/render/pdf/theme";
import type { Logo, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { revisionWords, statusWords } from "@/lib/render/pdf/words";

/** Where a worksheet stands in the document: its anchor's prefix and its level in the outline. */
export interface WorksheetPlace {
  readonly anchor: string;
  readonly level: number;
}

/** What stands above a worksheet that is a document of its own. */
export const LOGO: LogoRoom = { width: 150, height: 44, below: 10 };
const LABEL_WIDTH = 128;
const PADDING = { x: 8, y: 7 } as const;
/** A row is begun on a new page unless this much of it fits, in points. */
const LEAST_ROW = 78;

/** The worksheet itself in the official shape, or a record in its own: the requirement, then numbered rows in their order. */
export function worksheetPages(book: Book, model: WorksheetPdfModel, place: WorksheetPlace, logo?: Logo): void {
  const flow = book.flow(worksheetNotes(model));
  flow.place(logoStrips(book, logo, LOGO));
  flow.anchor(place.anchor);
  flow.bookmark(`${KIND_NAMES[model.kind]} ${model.header.requirementNumber}`, place.level);
  flow.place(masthead(book, model));
  flow.place(requirementRow(book, model));
  const head = tableHead(book);
  flow.enter(new Tag("Table"));
  flow.place(head);
  for (const [index, key] of textPartsOf(model.kind, model.header.standardVersion).entries()) {
    sectionRow({ book, flow, head }, model, { key, number: index + 1, level: place.level + 1, anchor: place.anchor });
  }
  flow.leave();
}

function masthead(book: Book, model: WorksheetPdfModel): readonly Strip[] {
  const { frame, fonts } = book;
  const { header } = model;
  const half = frame.width / 2;
  const facts = (pairs: readonly (readonly [string, string])[]): Cell => ({
    strips: factStrips(
      pairs.filter(([, text]) => text.trim() !== "").map(([term, text]) => ({ term, text })),
      { width: half - 12, fonts, style: STYLES.small },
    ),
  });
  const left = facts([
    ["Entity", header.entityName],
    ["Engagement", header.engagementName],
    ["Assessor company", model.assessorName],
  ]);
  const right = facts([
    ["Standard", `PCI DSS ${header.standardVersion}, ${PAPER_SOURCES[model.kind]}`],
    ["Revision", revisionWords(model)],
    ["Status", statusWords(model)],
    ["Catalogue", model.catalogueVersion],
  ]);
  return [
    ...paragraph([run(PAPER_TITLES[model.kind], STYLES.title)], frame.width, fonts),
    gap(6),
    ...tableStrips({ widths: [half, half], rows: [[left, right]], rules: "none", padding: { x: 0, y: 0 } }),
    gap(12),
  ];
}

function requirementRow(book: Book, model: WorksheetPdfModel): readonly Strip[] {
  const { frame, fonts } = book;
  const width = frame.width - LABEL_WIDTH;
  const { requirementNumber, requirementTitle } = model.header;
  const scope =
    model.scope.trim() === "" ? [] : [run("\nScope: ", { ...STYLES.body, colour: COLOURS.muted }), run(model.scope)];
  return tableStrips({
    widths: [LABEL_WIDTH, width],
    rules: "grid",
    padding: PADDING,
    rows: [
      [
        {
          strips: paragraph([run(HEADER_LABEL, STYLES.label)], innerWidth(LABEL_WIDTH, PADDING), fonts),
          tint: COLOURS.tint,
          head: "row",
        },
        {
          strips: paragraph(
            [run(`${requirementNumber}  `, STYLES.strong), run(requirementTitle, STYLES.strong), ...scope],
            innerWidth(width, PADDING),
            fonts,
          ),
        },
      ],
    ],
  });
}

/** The head of the table that the rows make up: the row alone, since the rows come one by one. */
function tableHead(book: Book): readonly Strip[] {
  const widths = [LABEL_WIDTH, book.frame.width - LABEL_WIDTH];
  const cell = (text: string, index: number): Cell => ({
    strips: paragraph([run(text, STYLES.tableHead)], innerWidth(widths[index] ?? 1, PADDING), book.fonts),
    tint: COLOURS.tint,
    head: "column",
  });
  const table = { widths, rules: "grid", padding: { x: PADDING.x, y: 3 }, rows: [] } as const;
  return new TableParts(table).row([cell("Information Required", 0), cell("Explanation", 1)], true);
}

interface RowSetting {
  readonly book: Book;
  readonly flow: Flow;
  readonly head: readonly Strip[];
}

interface RowName {
  readonly key: TextPartKey;
  readonly number: number;
  readonly level: number;
  readonly anchor: string;
}

/** One numbered row: it may run over pages, and then its label comes again with "(continued)". */
function sectionRow({ book, flow, head }: RowSetting, model: WorksheetPdfModel, row: RowName): void {
  const { frame, fonts } = book;
  const name = `${row.number}. ${PART_LABELS[row.key]}`;
  const labelWidth = innerWidth(LABEL_WIDTH, PADDING);
  const content = sectionStrips(model, row.key, {
    width: innerWidth(frame.width - LABEL_WIDTH, PADDING),
    fonts,
    style: STYLES.body,
  });
  // One paragraph, so that programs which extract text read the label and its hint in one go.
  const labelled = (below: string) =>
    paragraph([run(name, STYLES.label), run(`\n${below}`, STYLES.hint)], labelWidth, fonts);
  const first = labelled(partHint(row.key));
  const again = labelled("(continued)");
  const begin = Math.max(LEAST_ROW, heightOfFirst(content, frame.bottom - frame.top));
  const needed = Math.max(heightOf(first), Math.min(heightOf(content), begin)) + 2 * PADDING.y;
  const pages = flow.book.sheets.length;
  flow.need(needed);
  if (flow.book.sheets.length > pages) flow.again(head);
  flow.anchor(`${row.anchor}-${row.key}`);
  flow.bookmark(name, row.level);

  const names = new Tag("TH", tagsOf(first));
  names.attributes = ATTRIBUTES.rowHead;
  flow.enter(new Tag("TR"));
  flow.attach(names);

  let top = flow.y;
  let label: readonly Strip[] = first;
  const open = () => {
    top = flow.y;
    flow.y += PADDING.y;
    let y = flow.y;
    for (const strip of label) {
      strip.draw?.(flow.sheet, frame.left + PADDING.x, y);
      y += strip.height;
    }
  };
  const close = (end: number) => {
    const bottom = Math.min(Math.max(end, top + PADDING.y + heightOf(label)) + PADDING.y, frame.bottom + PADDING.y);
    drawFrame(flow, top, bottom);
    flow.y = bottom;
  };
  open();
  flow.enter(new Tag("TD"));
  flow.place(content, frame.left + LABEL_WIDTH + PADDING.x, {
    leaving: close,
    entered: () => {
      flow.again(head);
      label = again;
      flow.sheet.repeated(open);
    },
  });
  close(flow.y);
  flow.leave();
  flow.leave();
}

function drawFrame(flow: Flow, top: number, bottom: number): void {
  const { left, width } = flow.book.frame;
  flow.sheet.fill(left, top, LABEL_WIDTH, bottom - top, COLOURS.tint);
  flow.sheet.frame(left, top, width, bottom - top, 0.5, COLOURS.rule);
  flow.sheet.rule(left + LABEL_WIDTH, top, left + LABEL_WIDTH, bottom, 0.5, COLOURS.rule);
}

function sectionStrips(
  model: WorksheetPdfModel,
  key: TextPartKey,
  column: Parameters<typeof narrativeStrips>[1],
): readonly Strip[] {
  if (isSectionBlank(model.sections, key)) {
    return paragraph([run(NO_CONTENT, STYLES.empty)], column.width, column.fonts);
  }
  const narrative = narrativeStrips(model.sections[key]?.narrative ?? EMPTY_NARRATIVE, column);
  const items = summaryStrips(summariseItems(model.sections, key), column, key === "constraints");
  return narrative.length > 0 && items.length > 0 ? [...narrative, gap(8), ...items] : [...narrative, ...items];
}
