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

/** What a library that only draws has to do: the rest is this layout. Points, from the top left; sizes in points. */
export interface Canvas {
  addPage(): void;
  /** How many pages there are. */
  pages(): number;
  /** Draws on an earlier page from here on, counted from 1. */
  goToPage(number: number): void;
  /** How wide a text is at a size of 1. */
  width(text: string, bold: boolean): number;
  text(text: string, x: number, top: number, size: number, bold: boolean): void;
  rectangle(x: number, top: number, width: number, height: number): void;
  link(x: number, top: number, width: number, height: number, page: number): void;
  bookmark(title: string, page: number): void;
}

const W = 487.28;
const LINES_OF_CONTENTS = 46;
const EVIDENCE = [130, 187, 50, 60, 60];
const SIGN_OFFS = [70, 150, 90, 177];
const TRAIL = [34, 84, 80, 86, 54, 149];
/** So many widths of words are remembered at most. */
const MOST_WIDTHS = 200_000;
const leading = (size: number) => size * 1.362;

/** The pack on a canvas, in the geometry of the script for pdfkit. Widths of words are remembered. */
export function layOutPack(entries: readonly PackEntry[], canvas: Canvas): void {
  const layout = new HandLayout(canvas);
  canvas.addPage();
  layout.y = 200;
  layout.paragraph(PACK.organisation, 26, true);
  layout.paragraph(PACK.title, 18, true);
  layout.paragraph(`Generated ${PACK.date} — ${entries.length} worksheets`, 11);
  const contentsPages = Math.ceil((entries.length + 1) / LINES_OF_CONTENTS);
  for (let page = 0; page < contentsPages; page += 1) layout.newPage();
  const contents: { title: string; page: number }[] = [];
  for (const entry of entries) {
    layout.newPage();
    contents.push({ title: contentsTitle(entry), page: canvas.pages() });
    canvas.bookmark(`${entry.id} ${entry.title}`, canvas.pages());
    layOutEntry(layout, entry);
  }
  layout.newPage();
  contents.push({ title: APPENDIX, page: canvas.pages() });
  canvas.bookmark(APPENDIX, canvas.pages());
  layout.paragraph(APPENDIX, 15, true);
  layout.row(TRAIL_HEAD, TRAIL, 6.5, true);
  for (const entry of entries) for (const cells of trailCells(entry)) layout.row(cells, TRAIL, 6.5);
  const count = canvas.pages();
  for (const [index, { title, page }] of contents.entries()) {
    const line = index % LINES_OF_CONTENTS;
    if (line === 0) canvas.goToPage(2 + index / LINES_OF_CONTENTS);
    if (index === 0) canvas.text("Contents", 54, 40, 15, true);
    const top = 60 + line * 15.5;
    canvas.text(title, 54, top, 9, false);
    canvas.text(String(page), 520, top, 9, false);
    canvas.link(54, top, W, 12, page);
  }
  for (let page = 1; page <= count; page += 1) {
    canvas.goToPage(page);
    canvas.text(PACK.title, 54, 815, 7.5, false);
    canvas.text(`Page ${page} of ${count}`, 480, 815, 7.5, false);
  }
}

function layOutEntry(layout: HandLayout, entry: PackEntry): void {
  layout.paragraph(entryTitle(entry), 15, true);
  layout.paragraph(statusLine(entry), 9);
  for (const section of entry.sections) {
    layout.y += 4;
    layout.breakBelow(700);
    layout.paragraph(section.title, 11, true);
    for (const paragraph of section.paragraphs) {
      layout.paragraph(paragraph, 9.5);
      layout.y += 4;
    }
  }
  layout.breakBelow(700);
  layout.paragraph("Evidence", 11, true);
  layout.row(EVIDENCE_HEAD, EVIDENCE, 7.5, true);
  for (const cells of evidenceCells(entry)) layout.row(cells, EVIDENCE, 7.5);
  layout.y += 8;
  layout.paragraph("Comments", 11, true);
  for (const comment of entry.comments) {
    layout.paragraph(byLine(comment), 8, true);
    layout.paragraph(comment.text, 8.5);
    layout.y += 3;
  }
  layout.breakBelow(640);
  layout.paragraph("Sign-off", 11, true);
  for (const cells of signOffCells(entry)) layout.row(cells, SIGN_OFFS, 7.5);
}

class HandLayout {
  y = 60;
  readonly #canvas: Canvas;
  readonly #widths = [new Map<string, number>(), new Map<string, number>()] as const;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  newPage(): void {
    this.#canvas.addPage();
    this.y = 60;
  }

  breakBelow(y: number): void {
    if (this.y > y) this.newPage();
  }

  paragraph(text: string, size: number, bold = false): void {
    for (const line of this.#lines(text, size, bold, W)) {
      this.breakBelow(782 - leading(size));
      this.#canvas.text(line, 54, this.y, size, bold);
      this.y += leading(size);
    }
  }

  row(cells: readonly string[], widths: readonly number[], size: number, bold = false): void {
    const columns = cells.map((text, index) => {
      const width = widths[index] ?? 0;
      return { width, lines: this.#lines(text, size, bold, width - 6) };
    });
    const height = Math.max(...columns.map(({ lines }) => lines.length)) * leading(size) + 5;
    this.breakBelow(782 - height);
    let x = 54;
    for (const { width, lines } of columns) {
      for (const [index, line] of lines.entries()) {
        this.#canvas.text(line, x + 3, this.y + 2.5 + index * leading(size), size, bold);
      }
      this.#canvas.rectangle(x, this.y, width, height);
      x += width;
    }
    this.y += height;
  }

  #width(word: string, bold: boolean): number {
    const known = this.#widths[bold ? 1 : 0];
    const width = known.get(word) ?? this.#canvas.width(word, bold);
    if (known.size < MOST_WIDTHS) known.set(word, width);
    return width;
  }

  /** Breaks at spaces, and within what is wider than a line. */
  #lines(text: string, size: number, bold: boolean, most: number): readonly string[] {
    const lines: string[] = [];
    const space = this.#width(" ", bold) * size;
    let line = "";
    let taken = 0;
    for (const word of text.split(" ")) {
      const width = this.#width(word, bold) * size;
      if (line !== "" && taken + space + width <= most) {
        line += ` ${word}`;
        taken += space + width;
        continue;
      }
      if (line !== "") lines.push(line);
      [line, taken] = this.#cut(word, size, bold, most, lines);
    }
    if (line !== "") lines.push(line);
    return lines;
  }

  #cut(word: string, size: number, bold: boolean, most: number, lines: string[]): [string, number] {
    let rest = word;
    let width = this.#width(rest, bold) * size;
    while (width > most && rest.length > 1) {
      const taken = Math.max(1, Math.floor((rest.length * most) / width) - 1);
      lines.push(rest.slice(0, taken));
      rest = rest.slice(taken);
      width = this.#width(rest, bold) * size;
    }
    return [rest, width];
  }
}
