import { annexPages } from "@/lib/render/pdf/annexes";
import { type Book, pagesFor } from "@/lib/render/pdf/book";
import { markedCharactersPage } from "@/lib/render/pdf/marked-characters";
import type { ByteSink } from "@/lib/render/pdf/ordered-output";
import { type OpenPdf, openPdf, type PdfSettings } from "@/lib/render/pdf/pdf-file";
import { drawn } from "@/lib/render/pdf/undrawable";
import type { BookProgress, BookSheet, WorkbookFrame } from "@/lib/render/pdf/view-model";
import {
  contentsStrips,
  coverPage,
  placeContents,
  summaryPages,
  workbookNotes,
  worksheetAnchor,
} from "@/lib/render/pdf/workbook-pages";
import { type WorksheetPlace, worksheetPages } from "@/lib/render/pdf/worksheet-pages";

/** Gives the worksheets of a workbook in their order, one by one; it is asked twice. */
export type BookSource = () => AsyncIterable<BookSheet>;

/** What is awaited between worksheets, so that whoever draws can be told apart from whoever does not come further. */
export type BookWatch = (progress: BookProgress) => void;

/**
 * Writes a whole workbook: cover, contents, summary of dispositions, worksheets, records, and then the annexes of each. A
 * worksheet is let go when it is drawn. @returns how many pages it has
 * @throws Undrawable; what the source or the sink threw
 */
export async function writeBook(
  frame: WorkbookFrame,
  source: BookSource,
  settings: PdfSettings,
  sink: ByteSink,
  watch: BookWatch = () => undefined,
): Promise<number> {
  const title = `Compensating Controls Workbook, ${frame.entityName}`;
  const pdf = openPdf(title, frame.digest, settings, sink);
  const { book } = pdf;
  await pdf.write(async () => {
    coverPage(book, frame, settings);
    const contents = book.reserve(contentsLength(book, frame));
    summaryPages(book, frame);
    await pdf.drain();
    await eachWorksheet(pdf, source, (index) => watch({ pass: 0, index }), worksheetPages);
    await eachWorksheet(pdf, source, (index) => watch({ pass: 1, index }), annexPages);
    markedCharactersPage(book, workbookNotes(frame));
    placeContents(book, frame, contents);
  });
  return book.sheets.length;
}

async function eachWorksheet(
  { book, drain, attach }: OpenPdf,
  source: BookSource,
  watch: (index: number) => void,
  draw: (book: Book, model: BookSheet["model"], place: WorksheetPlace) => void,
): Promise<void> {
  let index = 0;
  for await (const { model, attachment } of source()) {
    watch(index);
    drawn(index, () => {
      draw(book, model, { anchor: worksheetAnchor(index), level: 0 });
      if (attachment && draw === worksheetPages) attach(attachment);
    });
    await drain();
    index += 1;
  }
}

/** How many pages the contents take, whatever the numbers in them: those have a column of their own. */
function contentsLength(book: Book, frame: WorkbookFrame): number {
  return pagesFor(contentsStrips(book, frame), book.frame);
}
