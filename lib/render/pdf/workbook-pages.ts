import { dayInWords, instantInWords } from "@/lib/domain/format-date";
import { KIND_WORDS } from "@/lib/domain/records/kinds";
import { DISPOSITION_LABELS, DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { safeLink } from "@/lib/domain/worksheet/safe-link";
import { annexAnchor } from "@/lib/render/pdf/annexes";
import type { Book, ReservedPlace } from "@/lib/render/pdf/book";
import { factStrips } from "@/lib/render/pdf/item-strips";
import { annexesTitle, countCcws, documentStateLine, recordsInWords } from "@/lib/render/pdf/kind-words";
import { logoStrips } from "@/lib/render/pdf/logo";
import type { PdfSettings } from "@/lib/render/pdf/pdf-file";
import type { PageNotes } from "@/lib/render/pdf/sheet";
import { gap, indented, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { type Cell, innerWidth, TableParts, tableStrips } from "@/lib/render/pdf/table";
import type { TextRun } from "@/lib/render/pdf/text-runs";
import { COLOURS, SIZES } from "@/lib/render/pdf/theme";
import type { DispositionRowModel, WorkbookFrame } from "@/lib/render/pdf/view-model";
import { DRAFT_NOTICE, LEGACY_NOTICE } from "@/lib/render/pdf/words";

/** The anchor of a worksheet of the workbook, by its place counted from 0. */
export function worksheetAnchor(index: number): string {
  return `worksheet-${index}`;
}

/** The anchor of the summary of dispositions. */
export const SUMMARY_ANCHOR = "summary";

/** What the head and foot of the workbook's own pages say. */
export function workbookNotes(model: WorkbookFrame): PageNotes {
  const { draft, legacy, digest } = model;
  return { title: `Compensating controls workbook · ${model.entityName}`, draft, legacy, notice: "", digest };
}

/** The first page: whose workbook this is, on what, and until when. */
export function coverPage(book: Book, model: WorkbookFrame, { now, logo }: Pick<PdfSettings, "now" | "logo">): void {
  const flow = book.flow({ ...workbookNotes(model), title: "" });
  const { frame, fonts } = book;
  flow.anchor("cover");
  flow.bookmark("Cover", 0);
  const picture = logoStrips(book, logo, { width: 200, height: 80, below: 0 });
  flow.y = frame.top;
  flow.place(picture);
  flow.y = frame.pageHeight * 0.26;
  flow.sheet.fill(frame.left, flow.y - 22, 46, 4, COLOURS.accent);
  const facts = [
    { term: "Engagement", text: model.engagementName },
    { term: "Standard", text: `PCI DSS ${model.standardVersion}, ${model.assessmentType}` },
    { term: "Assessor company", text: model.assessorName },
    { term: "Period", text: `${dayInWords(model.periodStart)} – ${dayInWords(model.periodEnd)}` },
    { term: "Worksheets", text: `${countCcws(model)}, for ${model.rows.length} requirements in the workbook` },
    { term: "Records", text: recordsInWords(model) },
    { term: "Dated", text: instantInWords(now.toISOString()) },
  ].filter(({ text }) => text.trim() !== "");
  const notices = [
    ...(model.draft
      ? [run(`${DRAFT_NOTICE}: not everything in this workbook is final.`, { ...STYLES.strong, colour: COLOURS.draft })]
      : []),
    ...(model.draft && model.legacy ? [run("\n")] : []),
    ...(model.legacy ? [run(LEGACY_NOTICE, { ...STYLES.strong, colour: COLOURS.legacy })] : []),
  ];
  flow.place([
    ...paragraph([run("Compensating Controls Workbook", { ...STYLES.title, size: 28 })], frame.width, fonts),
    gap(8),
    ...paragraph(
      [run(model.entityName, { ...STYLES.heading, size: 17, bold: false, colour: COLOURS.ink })],
      frame.width,
      fonts,
    ),
    gap(30),
    ...factStrips(facts, { width: frame.width, fonts, style: STYLES.body }, 110),
    ...(notices.length > 0 ? [gap(24), ...paragraph(notices, frame.width, fonts)] : []),
  ]);
}

/** A line of the contents: what, where, and how far it is indented. */
interface ContentsEntry {
  readonly title: string;
  readonly anchor: string;
  readonly depth: 0 | 1;
}

function contentsEntries(model: WorkbookFrame): readonly ContentsEntry[] {
  const sheets = model.worksheets.map(({ kind, header }, index) => ({
    kind,
    title: `${header.requirementNumber}  ${header.requirementTitle}${kind === "ccw" ? "" : ` (${KIND_WORDS[kind]})`}`,
    annexes: annexesTitle({ kind, header }),
    anchor: worksheetAnchor(index),
  }));
  const [ccws, records] = [sheets.filter(({ kind }) => kind === "ccw"), sheets.filter(({ kind }) => kind !== "ccw")];
  return [
    { title: "Summary of dispositions", anchor: SUMMARY_ANCHOR, depth: 0 },
    ...chapter("Worksheets", ccws),
    ...chapter("Records: customized approach, legal exception, targeted risk analysis", records),
    ...sheets.slice(0, 1).map(({ anchor }) => ({ title: "Annexes", anchor: annexAnchor(anchor), depth: 0 as const })),
    ...sheets.map(({ annexes, anchor }) => ({
      title: `${annexes}: evidence, comments, sign-off, people and history`,
      anchor: annexAnchor(anchor),
      depth: 1 as const,
    })),
  ];
}

function chapter(
  title: string,
  sheets: readonly { readonly title: string; readonly anchor: string }[],
): readonly ContentsEntry[] {
  const [first] = sheets;
  if (!first) return [];
  return [
    { title, anchor: first.anchor, depth: 0 },
    ...sheets.map((one) => ({ title: one.title, anchor: one.anchor, depth: 1 as const })),
  ];
}

/** The contents as strips, each line a link with the number of its page, as far as that is known. */
export function contentsStrips(book: Book, model: WorkbookFrame): readonly Strip[] {
  const { frame, fonts } = book;
  const numbers = 40;
  const entries = contentsEntries(model);
  const width = frame.width - numbers;
  const table = new TableParts({
    widths: [width, numbers],
    rows: [],
    rules: "none",
    padding: { x: 0, y: 1.5 },
    meaning: "contents",
  });
  const lines = entries.flatMap((entry): readonly Strip[] => {
    const style = { ...(entry.depth === 0 ? STYLES.strong : STYLES.body), target: { anchor: entry.anchor } };
    const indent = entry.depth * 14;
    const page = book.pageOf(entry.anchor);
    const title = paragraph([run(entry.title, style)], width - indent, fonts);
    const number = paragraph([run(page === undefined ? "" : String(page), style)], numbers, fonts, { align: "right" });
    const row = table.row([{ strips: indented(title, indent) }, { strips: number }]);
    return entry.depth === 0 ? [gap(7), ...row.map((strip) => ({ ...strip, keepWithNext: true }))] : row;
  });
  return [...paragraph([run("Contents", STYLES.title)], frame.width, fonts), gap(6), ...table.enclose(lines)];
}

/** Lays out the contents at the place that was kept for them, once all pages have their numbers. */
export function placeContents(book: Book, model: WorkbookFrame, place: ReservedPlace): void {
  const flow = book.flow(workbookNotes(model), place);
  flow.anchor("contents");
  flow.bookmark("Contents", 0);
  flow.place(contentsStrips(book, model));
}

/** How many requirements have which disposition, and each row. */
export function summaryPages(book: Book, model: WorkbookFrame): void {
  const flow = book.flow(workbookNotes(model));
  flow.anchor(SUMMARY_ANCHOR);
  flow.bookmark("Summary of dispositions", 0);
  flow.place([
    ...paragraph([run("Summary of dispositions", STYLES.title)], book.frame.width, book.fonts),
    gap(10),
    ...countsTable(book, model),
    gap(16),
    ...rowsTable(book, model),
  ]);
}

/** The note, and below it the evidence with its address, which is a link where its scheme is allowed. */
function noteRuns({ note, evidenceTitle, evidenceUrl }: DispositionRowModel): readonly TextRun[] {
  const url = safeLink(evidenceUrl);
  const lines: readonly (readonly TextRun[])[] = [
    note.trim() === "" ? [] : [run(note, STYLES.small)],
    evidenceTitle === "" ? [] : [run(evidenceTitle, STYLES.smallStrong)],
    evidenceUrl === ""
      ? []
      : [run(evidenceUrl, url === null ? STYLES.small : { ...STYLES.small, colour: COLOURS.link, target: { url } })],
  ];
  const filled = lines.filter((line) => line.length > 0);
  if (filled.length === 0) return [run("", STYLES.small)];
  return filled.flatMap((line, index) => (index === 0 ? line : [run("\n", STYLES.small), ...line]));
}

function countsTable(book: Book, model: WorkbookFrame): readonly Strip[] {
  const counts = DISPOSITIONS.map((disposition) => ({
    disposition,
    count: model.rows.filter((row) => row.disposition === disposition).length,
  }));
  const width = book.frame.width / counts.length;
  const cell = (text: string, style = STYLES.muted as Parameters<typeof run>[1]): readonly Strip[] =>
    paragraph([run(text, style)], innerWidth(width), book.fonts, { align: "centre" });
  return tableStrips({
    widths: counts.map(() => width),
    rules: "grid",
    padding: { x: 5, y: 6 },
    rows: [
      counts.map(({ disposition, count }) => ({
        strips: [
          ...cell(String(count), { ...STYLES.heading, size: SIZES.heading + 2 }),
          ...cell(DISPOSITION_LABELS[disposition]),
        ],
      })),
    ],
  });
}

function rowsTable(book: Book, model: WorkbookFrame): readonly Strip[] {
  const columns = [
    ["Requirement", 0.12],
    ["Title", 0.21],
    ["Disposition", 0.16],
    ["Owner and due day", 0.16],
    ["Note and evidence", 0.35],
  ] as const;
  const widths = columns.map(([, share]) => share * book.frame.width);
  const cell = (text: string, index: number, style: Parameters<typeof run>[1] = STYLES.small): Cell => ({
    strips: paragraph([run(text, style)], innerWidth(widths[index] ?? 1), book.fonts),
  });
  return tableStrips({
    widths,
    rules: "rows",
    head: columns.map(([name], index) => cell(name, index, STYLES.tableHead)),
    rows: model.rows.map((row) => {
      const linked =
        row.worksheetIndex === null
          ? {}
          : { colour: COLOURS.link, target: { anchor: worksheetAnchor(row.worksheetIndex) } };
      return [
        { ...cell(row.requirementNumber, 0, { ...STYLES.smallStrong, ...linked }), head: "row" as const },
        cell(row.requirementTitle, 1),
        cell(`${DISPOSITION_LABELS[row.disposition]}${documentStateLine(row)}`, 2),
        cell([row.owner, row.dueOn ? dayInWords(row.dueOn) : ""].filter(Boolean).join("\n"), 3),
        { strips: paragraph(noteRuns(row), innerWidth(widths[4] ?? 1), book.fonts) },
      ];
    }),
  });
}
