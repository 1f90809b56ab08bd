import { dayInWords, instantInWords } from "@/lib/domain/format-date";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { DISPOSITION_LABELS, DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { safeLink } from "@/lib/domain/worksheet/safe-link";
import { annexBookmark } from "@/lib/render/docx/annex-blocks";
import { type DocxCell, line, paragraph, table, textCell } from "@/lib/render/docx/blocks";
import { INK, run } from "@/lib/render/docx/runs";
import { type Column, factLine, worksheetBookmark } from "@/lib/render/docx/worksheet-blocks";
import { element, words, type Xml } from "@/lib/render/office/xml";
import { annexesTitle, countCcws, documentStateLine, recordsInWords } from "@/lib/render/pdf/kind-words";
import type { DispositionRowModel, WorkbookFrame } from "@/lib/render/pdf/view-model";
import { DRAFT_NOTICE, LEGACY_NOTICE } from "@/lib/render/pdf/words";

const SUMMARY = "summary";

/** The first page: whose workbook this is, on what, and until when. */
export function coverBlocks(model: WorkbookFrame, at: string): readonly Xml[] {
  const facts = [
    { term: "Engagement", text: model.engagementName },
    { term: "Standard", text: `PCI DSS ${model.standardVersion}, ${model.assessmentType}` },
    { term: "Assessor company", text: model.assessorName },
    { term: "Period", text: `${dayInWords(model.periodStart)} – ${dayInWords(model.periodEnd)}` },
    { term: "Worksheets", text: `${countCcws(model)}, for ${model.rows.length} requirements in the workbook` },
    { term: "Records", text: recordsInWords(model) },
    { term: "Dated", text: instantInWords(at) },
  ];
  const alarm = (text: string) => line(text, { before: 200 }, { bold: true, colour: INK.alarm });
  return [
    line("Compensating Controls Workbook", { style: "Title", before: 3_600 }),
    line(model.entityName, { style: "Subtitle" }),
    ...facts.filter(({ text }) => text.trim() !== "").map(factLine),
    ...(model.draft ? [alarm(`${DRAFT_NOTICE}: not everything in this workbook is final.`)] : []),
    ...(model.legacy ? [alarm(LEGACY_NOTICE)] : []),
  ];
}

/**
 * The contents: a field of the word processor's own that is filled already with links, so that nothing is asked when the
 * document is opened; page numbers come when somebody updates it.
 */
export function contentsBlocks(model: WorkbookFrame): readonly Xml[] {
  const sheets = model.worksheets.map(({ header, kind }, index) => ({
    ...header,
    kind,
    index,
    annexes: annexesTitle({ kind, header }),
  }));
  const entries: readonly (readonly [text: string, anchor: string])[] = [
    ["Summary of dispositions", SUMMARY],
    ...sheets.map(
      ({ requirementNumber, requirementTitle, kind, index }) =>
        [`${KIND_NAMES[kind]} ${requirementNumber}  ${requirementTitle}`, worksheetBookmark(index)] as const,
    ),
    ...sheets.map(({ annexes, index }) => [annexes, annexBookmark(index)] as const),
  ];
  const last = entries.length - 1;
  return [
    line("Contents", { style: "Title" }),
    ...entries.map(([text, anchor], index) =>
      paragraph(
        { style: "TOC1" },
        index === 0 ? FIELD_BEGINS : undefined,
        element("w:hyperlink", { "w:anchor": anchor, "w:history": 1 }, run(text)),
        index === last ? fieldMark("end") : undefined,
      ),
    ),
  ];
}

function fieldMark(type: "begin" | "separate" | "end"): Xml {
  return element("w:r", {}, element("w:fldChar", { "w:fldCharType": type }));
}

const FIELD_BEGINS = [
  fieldMark("begin"),
  element("w:r", {}, element("w:instrText", { "xml:space": "preserve" }, words(' TOC \\o "1-1" \\h \\z '))),
  fieldMark("separate"),
];

/** How many requirements have which disposition, and each row. */
export function summaryBlocks(model: WorkbookFrame, column: Column): readonly Xml[] {
  const { draft, width } = column;
  const each = Math.floor(width / DISPOSITIONS.length);
  const counts = DISPOSITIONS.map((disposition): DocxCell => {
    const count = model.rows.filter((row) => row.disposition === disposition).length;
    return {
      blocks: [
        line(String(count), { align: "center" }, { bold: true, size: 30, colour: INK.accent }),
        line(DISPOSITION_LABELS[disposition], { style: "Small", align: "center" }),
      ],
    };
  });
  const columns = [
    ["Requirement", 0.15],
    ["Title", 0.2],
    ["Disposition", 0.17],
    ["Owner and due day", 0.16],
    ["Note and evidence", 0.32],
  ] as const;
  return [
    paragraph({ style: "Heading1" }, draft.bookmark(SUMMARY, run("Summary of dispositions"))),
    table({ widths: DISPOSITIONS.map(() => each), rows: [counts] }),
    line("", { style: "Small" }),
    table({
      widths: columns.map(([, share]) => Math.floor(share * width)),
      heads: 1,
      rules: "rows",
      rows: [
        columns.map(([name]) => textCell(name, { tinted: true, bold: true })),
        ...model.rows.map((row) => summaryRow(row, column)),
      ],
    }),
    line("", { style: "Small" }),
  ];
}

function summaryRow(row: DispositionRowModel, column: Column): readonly DocxCell[] {
  const number = run(row.requirementNumber, { bold: true });
  const anchor = row.worksheetIndex === null ? null : worksheetBookmark(row.worksheetIndex);
  const linked = anchor === null ? number : element("w:hyperlink", { "w:anchor": anchor, "w:history": 1 }, number);
  return [
    { blocks: [paragraph({ style: "Small" }, linked)] },
    textCell(row.requirementTitle),
    textCell(`${DISPOSITION_LABELS[row.disposition]}${documentStateLine(row)}`),
    textCell([row.owner, row.dueOn ? dayInWords(row.dueOn) : ""].filter(Boolean).join("\n")),
    { blocks: noteBlocks(row, column) },
  ];
}

function noteBlocks({ note, evidenceTitle, evidenceUrl }: DispositionRowModel, { draft }: Column): readonly Xml[] {
  const url = safeLink(evidenceUrl);
  const address = url ? draft.link(url, run(evidenceUrl, { style: "Hyperlink" })) : run(evidenceUrl);
  return [
    ...(note.trim() === "" ? [] : [line(note, { style: "Small" })]),
    ...(evidenceTitle === "" ? [] : [line(evidenceTitle, { style: "Small" }, { bold: true })]),
    ...(evidenceUrl === "" ? [] : [paragraph({ style: "Small" }, address)]),
  ];
}
