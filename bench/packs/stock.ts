import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import PDFDocument from "pdfkit";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { PACK, type PackEntry } from "./workload";

const WIDTH = 595.28 - 108;
const BOTTOM = 841.89 - 60;
const LINES_OF_CONTENTS = 46;

interface Cell {
  readonly text: string;
  readonly width: number;
}

/**
 * The pack as somebody writes it with pdfkit's public functions alone: pages are buffered for contents and "Page x of y",
 * rows of tables are measured by `heightOfString` and then drawn by `text`. Untagged and unsealed.
 */
export async function stockPack(entries: readonly PackEntry[], fonts: FontFiles, path: string): Promise<void> {
  const document = new PDFDocument({
    size: "A4",
    margins: { top: 60, bottom: 60, left: 54, right: 54 },
    bufferPages: true,
    autoFirstPage: false,
    font: null as unknown as string,
    info: { Title: PACK.title, Author: PACK.organisation },
    lang: "en",
    displayTitle: true,
    pdfVersion: "1.7",
  });
  document.registerFont("regular", Buffer.from(fonts.regular));
  document.registerFont("bold", Buffer.from(fonts.bold));
  const file = createWriteStream(path);
  document.pipe(file);

  document.addPage();
  const wide = { width: WIDTH };
  document.font("bold", 26).text(PACK.organisation, 54, 200, wide).fontSize(18).text(PACK.title, wide);
  document.font("regular", 11).text(`Generated ${PACK.date}, ${entries.length} worksheets`, wide);
  const contentsPages = Math.ceil((entries.length + 1) / LINES_OF_CONTENTS);
  for (let count = 0; count < contentsPages; count += 1) document.addPage();
  let page = 1 + contentsPages;
  document.on("pageAdded", () => {
    page += 1;
  });
  const contents: { title: string; page: number; anchor: string }[] = [];
  for (const entry of entries) {
    document.addPage();
    document.addNamedDestination(entry.id);
    document.outline.addItem(`${entry.id} ${entry.title}`);
    contents.push({ title: `${entry.id}  ${entry.title.slice(0, 70)}`, page, anchor: entry.id });
    drawEntry(document, entry);
  }
  document.addPage();
  document.outline.addItem("Appendix A. Audit trail");
  document.addNamedDestination("appendix");
  contents.push({ title: "Appendix A. Audit trail", page, anchor: "appendix" });
  drawTrail(document, entries);
  drawContents(document, contents, contentsPages);
  drawFeet(document);
  document.end();
  await finished(file);
}

function drawEntry(document: PDFKit.PDFDocument, entry: PackEntry): void {
  const wide = { width: WIDTH };
  document.font("bold", 15).text(`${entry.id}: ${entry.title}`, 54, 60, wide);
  document.font("regular", 9).text(`Status: ${entry.status}   Requirement ${entry.requirement}`, wide).moveDown(0.5);
  for (const section of entry.sections) {
    if (document.y > 700) document.addPage();
    document.font("bold", 11).text(section.title, 54, document.y, wide).moveDown(0.2).font("regular", 9.5);
    for (const text of section.paragraphs) {
      document.text(text, 54, document.y, { width: WIDTH, lineGap: 1 }).moveDown(0.35);
    }
  }
  if (document.y > 700) document.addPage();
  document.font("bold", 11).text("Evidence", 54, document.y + 4, wide);
  const widths = [130, 187, 50, 60, WIDTH - 427];
  let y = drawRow(document, ["File", "SHA-256", "Size", "Added", "By"], widths, document.y + 3, 7.5, "bold");
  for (const file of entry.evidence) {
    const cells = [file.name, file.sha256, String(file.size), file.at.slice(0, 10), file.by];
    y = drawRow(document, cells, widths, y, 7.5);
  }
  document.font("bold", 11);
  if (y > 700) {
    document.addPage();
    y = 60;
  }
  document.text("Comments", 54, y + 8, wide);
  for (const comment of entry.comments) {
    document.font("bold", 8).text(`${comment.by} · ${comment.at}`, 54, document.y, wide);
    document.font("regular", 8.5).text(comment.text, wide).moveDown(0.25);
  }
  if (document.y > 640) document.addPage();
  document.font("bold", 11).text("Sign-off", 54, document.y + 4, wide);
  y = document.y + 3;
  for (const one of entry.signOffs) {
    y = drawRow(
      document,
      [one.role, `${one.name}, ${one.office}`, one.at, one.digest],
      [70, 150, 90, WIDTH - 310],
      y,
      7.5,
    );
  }
}

function drawTrail(document: PDFKit.PDFDocument, entries: readonly PackEntry[]): void {
  document.font("bold", 15).text("Appendix A. Audit trail", 54, 60, { width: WIDTH });
  const widths = [34, 84, 80, 86, 54, WIDTH - 338];
  const names = ["#", "Time (UTC)", "Actor", "Action", "Target", "Chain hash"];
  let y = drawRow(document, names, widths, document.y + 4, 6.5, "bold");
  for (const { events } of entries) {
    for (const one of events) {
      const cells = [String(one.number), one.at, one.by, one.action, one.target, one.hash.slice(0, 40)];
      y = drawRow(document, cells, widths, y, 6.5);
    }
  }
}

function drawRow(
  document: PDFKit.PDFDocument,
  texts: readonly string[],
  widths: readonly number[],
  top: number,
  size: number,
  font = "regular",
): number {
  const cells: readonly Cell[] = texts.map((text, index) => ({ text, width: widths[index] ?? 0 }));
  document.font(font, size);
  let height = 0;
  for (const { text, width } of cells) height = Math.max(height, document.heightOfString(text, { width: width - 6 }));
  height += 5;
  let y = top;
  if (y + height > BOTTOM) {
    document.addPage();
    y = 60;
  }
  let x = 54;
  for (const { text, width } of cells) {
    document.text(text, x + 3, y + 2.5, { width: width - 6 });
    x += width;
  }
  document.lineWidth(0.5).rect(54, y, WIDTH, height).stroke();
  x = 54;
  for (const { width } of cells.slice(0, -1)) {
    x += width;
    document
      .moveTo(x, y)
      .lineTo(x, y + height)
      .stroke();
  }
  return y + height;
}

function drawContents(
  document: PDFKit.PDFDocument,
  contents: readonly { title: string; page: number; anchor: string }[],
  pages: number,
): void {
  for (let page = 0; page < pages; page += 1) {
    document.switchToPage(1 + page);
    if (page === 0) document.font("bold", 15).text("Contents", 54, 40, { lineBreak: false });
    document.font("regular", 9);
    const lines = contents.slice(page * LINES_OF_CONTENTS, (page + 1) * LINES_OF_CONTENTS);
    for (const [index, line] of lines.entries()) {
      const y = 60 + index * 15.5;
      document.text(line.title, 54, y, { lineBreak: false, goTo: line.anchor });
      document.text(String(line.page), 54, y, { width: WIDTH, align: "right", goTo: line.anchor });
    }
  }
}

function drawFeet(document: PDFKit.PDFDocument): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    document.font("regular", 7.5);
    document.page.margins.bottom = 0;
    document.text(PACK.title, 54, 815, { lineBreak: false });
    document.text(`Page ${page + 1} of ${count}`, 54, 815, { width: WIDTH, align: "right", lineBreak: false });
    document.page.margins.bottom = 60;
  }
}
