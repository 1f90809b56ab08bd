import { annexPages } from "@/lib/render/pdf/annexes";
import type { Book } from "@/lib/render/pdf/book";
import { pagesFor } from "@/lib/render/pdf/book";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { PAPER_TITLES, worksheetNotes } from "@/lib/render/pdf/kind-words";
import { markedCharactersPage } from "@/lib/render/pdf/marked-characters";
import type { ByteSink } from "@/lib/render/pdf/ordered-output";
import { partPages, partTitle, type WorksheetPart } from "@/lib/render/pdf/part-pages";
import { type OpenPdf, openPdf, type PdfSettings } from "@/lib/render/pdf/pdf-file";
import type { PdfJob, WorkbookPdfModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import {
  contentsStrips,
  coverPage,
  placeContents,
  summaryPages,
  workbookNotes,
  worksheetAnchor,
} from "@/lib/render/pdf/workbook-pages";
import { worksheetPages } from "@/lib/render/pdf/worksheet-pages";

/** Renders a job as it comes to the worker. */
export function renderPdf(job: PdfJob, fonts: FontFiles): Promise<Buffer> {
  return collected((sink) => renderPdfTo(job, fonts, sink));
}

/** Renders a job and gives its bytes on as they are made, no faster than they are taken. @throws what the sink threw */
export function renderPdfTo(job: PdfJob, fonts: FontFiles, sink: ByteSink): Promise<void> {
  const { at, paper, seal, conformance, attachments } = job;
  const own: PdfSettings = { paper, seal, conformance, attachments, now: new Date(at), fonts };
  if (job.kind === "workbook") return writeWorkbook(job.model, own, sink);
  const { model, layout = "worksheet" } = job;
  return layout === "worksheet" ? writeWorksheet(model, own, sink) : writePart(model, layout, own, sink);
}

/** One worksheet in the official shape, with its annexes behind it. */
export function renderWorksheet(model: WorksheetPdfModel, settings: PdfSettings): Promise<Buffer> {
  return collected((sink) => writeWorksheet(model, settings, sink));
}

/** One part of a worksheet as a document of its own. */
export function renderPart(model: WorksheetPdfModel, part: WorksheetPart, settings: PdfSettings): Promise<Buffer> {
  return collected((sink) => writePart(model, part, settings, sink));
}

/** The whole workbook: cover, contents, summary of dispositions, worksheets, records, and then the annexes of each. */
export function renderWorkbook(model: WorkbookPdfModel, settings: PdfSettings): Promise<Buffer> {
  return collected((sink) => writeWorkbook(model, settings, sink));
}

/** Gathers the bytes that a rendering gives. */
export async function collected(render: (sink: ByteSink) => Promise<void>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await render((chunk) => {
    chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}

async function writeWorksheet(model: WorksheetPdfModel, settings: PdfSettings, sink: ByteSink): Promise<void> {
  const { header } = model;
  const title = `${PAPER_TITLES[model.kind]} ${header.requirementNumber}, ${header.entityName}`;
  const { book, drain, write } = openPdf(title, model.digest, settings, sink);
  const place = { anchor: worksheetAnchor(0), level: 0 };
  await write(async () => {
    worksheetPages(book, model, place);
    await drain();
    annexPages(book, model, place);
    await drain();
    markedCharactersPage(book, worksheetNotes(model));
  });
}

async function writePart(
  model: WorksheetPdfModel,
  part: WorksheetPart,
  settings: PdfSettings,
  sink: ByteSink,
): Promise<void> {
  const { book, write } = openPdf(partTitle(model, part), model.digest, settings, sink);
  await write(async () => {
    partPages(book, model, part);
    markedCharactersPage(book, worksheetNotes(model));
  });
}

async function writeWorkbook(model: WorkbookPdfModel, settings: PdfSettings, sink: ByteSink): Promise<void> {
  const title = `Compensating Controls Workbook, ${model.entityName}`;
  const pdf = openPdf(title, model.digest, settings, sink);
  const { book } = pdf;
  await pdf.write(async () => {
    coverPage(book, model, settings.now.toISOString());
    const contents = book.reserve(contentsLength(book, model));
    summaryPages(book, model);
    await pdf.drain();
    await eachWorksheet(pdf, model, worksheetPages);
    await eachWorksheet(pdf, model, annexPages);
    markedCharactersPage(book, workbookNotes(model));
    placeContents(book, model, contents);
  });
}

async function eachWorksheet(
  { book, drain }: OpenPdf,
  model: WorkbookPdfModel,
  draw: typeof annexPages,
): Promise<void> {
  for (const [index, sheet] of model.worksheets.entries()) {
    draw(book, sheet, { anchor: worksheetAnchor(index), level: 0 });
    await drain();
  }
}

/** How many pages the contents take, whatever the numbers in them: those have a column of their own. */
function contentsLength(book: Book, model: WorkbookPdfModel): number {
  return pagesFor(contentsStrips(book, model), book.frame);
}
