import { annexPages } from "@/lib/render/pdf/annexes";
import { Book } from "@/lib/render/pdf/book";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { Fonts } from "@/lib/render/pdf/fonts";
import { writePdf } from "@/lib/render/pdf/pdf-file";
import { newDocument } from "@/lib/render/pdf/pdfkit-internals";
import { pageFrame } from "@/lib/render/pdf/theme";
import type { Paper, PdfJob, SealSpace, WorkbookPdfModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { contentsPages, coverPage, summaryPages, worksheetAnchor } from "@/lib/render/pdf/workbook-pages";
import { PAPER_TITLES, worksheetPages } from "@/lib/render/pdf/worksheet-pages";

/** What a rendering takes beside its content. The same model and the same settings give the same bytes. */
export interface PdfSettings {
  /** The instant the document is dated, from the content: a revision's time, or that of a draft's last change. */
  readonly now: Date;
  readonly fonts: FontFiles;
  readonly paper: Paper;
  readonly seal?: SealSpace | undefined;
}

/** Renders a job as it comes to the worker. */
export function renderPdf(job: PdfJob, fonts: FontFiles): Buffer {
  const settings: PdfSettings = { now: new Date(job.at), fonts, paper: job.paper, seal: job.seal };
  return job.kind === "worksheet" ? renderWorksheet(job.model, settings) : renderWorkbook(job.model, settings);
}

/** One worksheet in the official shape, with its annexes behind it. */
export function renderWorksheet(model: WorksheetPdfModel, settings: PdfSettings): Buffer {
  const { header } = model;
  const title = `${PAPER_TITLES[model.kind]} ${header.requirementNumber}, ${header.entityName}`;
  const { document, book } = open(title, model.digest, settings);
  const place = { anchor: worksheetAnchor(0), level: 0 };
  worksheetPages(book, model, place);
  annexPages(book, model, place);
  return writePdf(document, book, settings.seal);
}

/** The whole workbook: cover, contents, summary of dispositions, worksheets, records, and then the annexes of each. */
export function renderWorkbook(model: WorkbookPdfModel, settings: PdfSettings): Buffer {
  const { document, book } = open(`Compensating Controls Workbook, ${model.entityName}`, model.digest, settings);
  coverPage(book, model, settings.now.toISOString());
  summaryPages(book, model);
  for (const [index, sheet] of model.worksheets.entries()) {
    worksheetPages(book, sheet, { anchor: worksheetAnchor(index), level: 0 });
  }
  for (const [index, sheet] of model.worksheets.entries()) {
    annexPages(book, sheet, { anchor: worksheetAnchor(index), level: 0 });
  }
  insertContents(book, model);
  return writePdf(document, book, settings.seal);
}

/** Puts the contents behind the cover. They are laid out twice: first to learn how many pages they take. */
function insertContents(book: Book, model: WorkbookPdfModel): void {
  const body = [...book.sheets];
  const pages = new Map(body.flatMap((sheet, index) => sheet.anchors.map(({ name }) => [name, index + 1] as const)));
  const layOut = (shift: number) => {
    book.sheets.length = 0;
    contentsPages(book, model, (anchor) => (pages.get(anchor) ?? 0) + shift);
    return [...book.sheets];
  };
  const contents = layOut(layOut(0).length);
  book.sheets.splice(0, book.sheets.length, ...body.slice(0, 1), ...contents, ...body.slice(1));
}

function open(
  title: string,
  digest: string,
  { now, fonts, paper }: PdfSettings,
): { document: PDFKit.PDFDocument; book: Book } {
  const document = newDocument({
    pdfVersion: "1.7",
    lang: "en",
    displayTitle: true,
    info: {
      Title: title.toWellFormed(),
      Author: "Countervail",
      Creator: "Countervail",
      Producer: "Countervail",
      Subject: `SHA-256 of the content shown: ${digest}`,
      CreationDate: now,
    },
  });
  return { document, book: new Book(new Fonts(document, fonts), pageFrame(paper)) };
}
