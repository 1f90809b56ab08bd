import PDFDocument from "pdfkit";
import { rocTable } from "@/lib/domain/worksheet/roc-table";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorkbook } from "@/lib/render/pdf/render-pdf";
import type { WorkbookPdfModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { median } from "./support/statistics";

const RUNS = 3;

/**
 * `npm run bench -- pdf`: how many pages a second the workbook's renderer makes, and how that compares with handing the
 * same text to pdfkit's own `text()`, which lays out paragraphs only. Medians of three runs, turn about.
 */
export async function bench(): Promise<void> {
  const fonts = readFontFiles();
  const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts, paper: "A4" } as const;
  for (const count of [20, 200]) {
    const model = workbookModel("4.0.1", count);
    const ours: number[] = [];
    const plain: number[] = [];
    let pages = 0;
    let plainPages = 0;
    for (let round = 0; round < RUNS; round += 1) {
      let start = performance.now();
      pages = pagesOf(await renderWorkbook(model, settings));
      ours.push(performance.now() - start);
      start = performance.now();
      plainPages = pagesOf(await plainText(model, Buffer.from(fonts.regular)));
      plain.push(performance.now() - start);
    }
    const own = rate(pages, ours);
    const stock = rate(plainPages, plain);
    console.log(
      `pdf ${count} worksheets: ${Math.round(own)} pages/s (${pages} pages, ${Math.round(median(ours))} ms); ` +
        `pdfkit text(): ${Math.round(stock)} pages/s (${plainPages} pages, ${Math.round(median(plain))} ms); ` +
        `time of ours to pdfkit's: ${(median(ours) / median(plain)).toFixed(2)}`,
    );
  }
}

/** The same content as plain paragraphs through pdfkit's own layout. */
async function plainText(model: WorkbookPdfModel, font: Buffer): Promise<Buffer> {
  const document = new PDFDocument({ size: "A4", font: font as unknown as string, bufferPages: true });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve) => document.once("end", resolve));
  document.fontSize(9.5);
  for (const sheet of model.worksheets) {
    for (const line of linesOf(sheet)) document.text(line === "" ? " " : line);
    document.addPage();
  }
  document.end();
  await done;
  return Buffer.concat(chunks);
}

function linesOf(sheet: WorksheetPdfModel): readonly string[] {
  return [
    ...rocTable(sheet).text.split("\n"),
    ...sheet.evidence.map((link) => `${link.title} ${link.url} ${link.shows} ${link.collectedOn}`),
    ...sheet.threads.flatMap(({ comments }) => comments.map((comment) => `${comment.author} ${comment.body}`)),
    ...sheet.revisions.map((revision) => `${revision.number} ${revision.digest} ${revision.submittedBy}`),
    ...sheet.transitions.map((move) => `${move.at} ${move.move} ${move.by} ${move.reason}`),
  ];
}

function pagesOf(pdf: Buffer): number {
  return pdf.toString("latin1").split("/Type /Page\n").length - 1;
}

function rate(pages: number, times: readonly number[]): number {
  return (pages * 1000) / median(times);
}
