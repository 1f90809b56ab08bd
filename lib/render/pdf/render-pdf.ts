import { annexPages } from "@/lib/render/pdf/annexes";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { PAPER_TITLES, worksheetNotes } from "@/lib/render/pdf/kind-words";
import { markedCharactersPage } from "@/lib/render/pdf/marked-characters";
import type { ByteSink } from "@/lib/render/pdf/ordered-output";
import { partPages, partTitle, type WorksheetPart } from "@/lib/render/pdf/part-pages";
import { openPdf, type PdfSettings } from "@/lib/render/pdf/pdf-file";
import { type BookSource, writeBook } from "@/lib/render/pdf/render-book";
import { drawn } from "@/lib/render/pdf/undrawable";
import type { BookSheet, JobSettings, PdfJob, WorkbookPdfModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { worksheetAnchor } from "@/lib/render/pdf/workbook-pages";
import { worksheetPages } from "@/lib/render/pdf/worksheet-pages";

/** Renders a job as it comes to the worker. @throws Undrawable */
export function renderPdf(job: PdfJob, fonts: FontFiles): Promise<Buffer> {
  return collected((sink) => renderPdfTo(job, fonts, sink));
}

/** Renders a job and gives its bytes on as they are made, no faster than they are taken. @throws Undrawable; what the sink threw */
export function renderPdfTo(job: PdfJob, fonts: FontFiles, sink: ByteSink): Promise<void> {
  const own = settingsOf(job, fonts);
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

/** The settings that a job names. */
export function settingsOf(job: JobSettings, fonts: FontFiles): PdfSettings {
  const { at, paper, seal, conformance, attachments, logo } = job;
  return { paper, seal, conformance, attachments, logo, now: new Date(at), fonts };
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
    drawn(0, () => worksheetPages(book, model, place, settings.logo));
    await drain();
    drawn(0, () => annexPages(book, model, place));
    await drain();
    drawn(0, () => markedCharactersPage(book, worksheetNotes(model)));
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
    drawn(0, () => {
      partPages(book, model, part, settings.logo);
      markedCharactersPage(book, worksheetNotes(model));
    });
  });
}

async function writeWorkbook(model: WorkbookPdfModel, settings: PdfSettings, sink: ByteSink): Promise<void> {
  await writeBook(model, sheetsOf(model), settings, sink);
}

/** The worksheets of a workbook that is at hand. */
export function sheetsOf({ worksheets }: WorkbookPdfModel): BookSource {
  return async function* all(): AsyncGenerator<BookSheet> {
    for (const model of worksheets) yield { model };
  };
}
