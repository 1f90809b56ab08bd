import { once } from "node:events";
import { createWriteStream } from "node:fs";
import PDFDocument from "pdfkit";
import type { FontPaths, WritePack } from "./engine";
import {
  APPENDIX,
  byLine,
  contentsTitle,
  EVIDENCE_HEAD,
  entryTitle,
  evidenceCells,
  PACK,
  type PackEntry,
  signOffCells,
  statusLine,
  TRAIL_HEAD,
  trailCells,
} from "./workload";

const W = 595.28 - 108;
const LINES_OF_CONTENTS = 46;
const EVIDENCE = [130, 187, 50, 60, W - 427];
const SIGN_OFFS = [70, 150, 90, W - 310];
const TRAIL = [34, 84, 80, 86, 54, W - 338];

/**
 * The pack as somebody writes it with pdfkit's public functions alone: pages are buffered for contents and "Page x of y",
 * rows of tables are measured by `heightOfString` and then drawn by `text`. Untagged and unsealed.
 */
export async function openStock({ regular, bold }: FontPaths): Promise<WritePack> {
  return async (entries, path) => {
    const doc = new PDFDocument({
      size: "A4",
      margins: { top: 60, bottom: 60, left: 54, right: 54 },
      bufferPages: true,
      autoFirstPage: false,
      compress: true,
      info: { Title: PACK.title, Author: PACK.organisation },
      lang: "en",
      displayTitle: true,
      pdfVersion: "1.7",
    });
    doc.registerFont("R", regular);
    doc.registerFont("B", bold);
    const stream = createWriteStream(path);
    doc.pipe(stream);
    doc.addPage();
    doc.font("B", 26).text(PACK.organisation, 54, 200, { width: W });
    doc.font("B", 18).text(PACK.title, { width: W });
    doc.font("R", 11).text(`Generated ${PACK.date} — ${entries.length} worksheets`, { width: W });
    const contentsPages = Math.ceil((entries.length + 1) / LINES_OF_CONTENTS);
    for (let page = 0; page < contentsPages; page += 1) doc.addPage();
    const contents: ContentsLine[] = [];
    let page = 1 + contentsPages;
    doc.on("pageAdded", () => {
      page += 1;
    });
    for (const entry of entries) {
      doc.addPage();
      doc.addNamedDestination(entry.id);
      doc.outline.addItem(`${entry.id} ${entry.title}`);
      contents.push({ title: contentsTitle(entry), page, anchor: entry.id });
      writeEntry(doc, entry);
    }
    doc.addPage();
    doc.outline.addItem(APPENDIX);
    doc.addNamedDestination("appendix");
    contents.push({ title: APPENDIX, page, anchor: "appendix" });
    writeTrail(doc, entries);
    writeContents(doc, contents, contentsPages);
    writeFeet(doc);
    doc.end();
    await once(stream, "finish");
  };
}

interface ContentsLine {
  readonly title: string;
  readonly page: number;
  readonly anchor: string;
}

function writeEntry(doc: PDFKit.PDFDocument, entry: PackEntry): void {
  doc.font("B", 15).text(entryTitle(entry), 54, 60, { width: W });
  doc.font("R", 9).text(statusLine(entry), { width: W });
  doc.moveDown(0.5);
  for (const section of entry.sections) {
    if (doc.y > 700) doc.addPage();
    doc.font("B", 11).text(section.title, 54, doc.y, { width: W });
    doc.moveDown(0.2);
    doc.font("R", 9.5);
    for (const paragraph of section.paragraphs) {
      doc.text(paragraph, 54, doc.y, { width: W, lineGap: 1 });
      doc.moveDown(0.35);
    }
  }
  if (doc.y > 700) doc.addPage();
  doc.font("B", 11).text("Evidence", 54, doc.y + 4, { width: W });
  let y = writeRow(doc, EVIDENCE_HEAD, EVIDENCE, doc.y + 3, 7.5, "B");
  for (const cells of evidenceCells(entry)) y = writeRow(doc, cells, EVIDENCE, y, 7.5, "R");
  doc.font("B", 11);
  if (y > 700) {
    doc.addPage();
    y = 60;
  }
  doc.text("Comments", 54, y + 8, { width: W });
  for (const comment of entry.comments) {
    doc.font("B", 8).text(byLine(comment), 54, doc.y, { width: W });
    doc.font("R", 8.5).text(comment.text, { width: W });
    doc.moveDown(0.25);
  }
  if (doc.y > 640) doc.addPage();
  doc.font("B", 11).text("Sign-off", 54, doc.y + 4, { width: W });
  y = doc.y + 3;
  for (const cells of signOffCells(entry)) y = writeRow(doc, cells, SIGN_OFFS, y, 7.5, "R");
}

function writeTrail(doc: PDFKit.PDFDocument, entries: readonly PackEntry[]): void {
  doc.font("B", 15).text(APPENDIX, 54, 60, { width: W });
  let y = writeRow(doc, TRAIL_HEAD, TRAIL, doc.y + 4, 6.5, "B");
  for (const entry of entries) {
    for (const cells of trailCells(entry)) y = writeRow(doc, cells, TRAIL, y, 6.5, "R");
  }
}

function writeRow(
  doc: PDFKit.PDFDocument,
  cells: readonly string[],
  widths: readonly number[],
  top: number,
  size: number,
  font: string,
): number {
  const columns = cells.map((text, index) => ({ text, width: widths[index] ?? 0 }));
  doc.font(font, size);
  let height = 0;
  for (const { text, width } of columns) height = Math.max(height, doc.heightOfString(text, { width: width - 6 }));
  height += 5;
  let y = top;
  if (y + height > 841.89 - 60) {
    doc.addPage();
    y = 60;
  }
  let x = 54;
  for (const { text, width } of columns) {
    doc.text(text, x + 3, y + 2.5, { width: width - 6 });
    x += width;
  }
  doc.lineWidth(0.5).rect(54, y, W, height).stroke();
  x = 54;
  for (const { width } of columns.slice(0, -1)) {
    x += width;
    doc
      .moveTo(x, y)
      .lineTo(x, y + height)
      .stroke();
  }
  return y + height;
}

function writeContents(doc: PDFKit.PDFDocument, contents: readonly ContentsLine[], pages: number): void {
  let line = 0;
  for (let page = 0; page < pages; page += 1) {
    doc.switchToPage(1 + page);
    if (page === 0) doc.font("B", 15).text("Contents", 54, 40, { lineBreak: false });
    doc.font("R", 9);
    for (const { title, page: number, anchor } of contents.slice(line, line + LINES_OF_CONTENTS)) {
      const y = 60 + (line % LINES_OF_CONTENTS) * 15.5;
      doc.text(title, 54, y, { lineBreak: false, goTo: anchor });
      doc.text(String(number), 54, y, { width: W, align: "right", goTo: anchor });
      line += 1;
    }
  }
}

function writeFeet(doc: PDFKit.PDFDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    doc.font("R", 7.5);
    doc.page.margins.bottom = 0;
    doc.text(PACK.title, 54, 815, { lineBreak: false });
    doc.text(`Page ${page + 1} of ${count}`, 54, 815, { width: W, align: "right", lineBreak: false });
    doc.page.margins.bottom = 60;
  }
}
