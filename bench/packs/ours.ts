import { open } from "node:fs/promises";
import { type Book, type Flow, pagesFor, type ReservedPlace } from "@/lib/render/pdf/book";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { openPdf } from "@/lib/render/pdf/pdf-file";
import type { PageNotes } from "@/lib/render/pdf/sheet";
import { gap, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { type Cell, innerWidth, TableParts, tableStrips } from "@/lib/render/pdf/table";
import type { TextStyle } from "@/lib/render/pdf/text-runs";
import { sealPdf } from "@/lib/services/export/seal-pdf";
import { makeTestSealKey } from "@/test/seal-key";
import {
  APPENDIX,
  byLine,
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

const BODY = STYLES.body;
const HEAD = { ...STYLES.strong, size: 11 };
const TITLE = { ...STYLES.title, size: 15 };
const CELL = { ...BODY, size: 7.5 };
const CELL_HEAD = { ...CELL, bold: true };
const SMALL_CELL = { ...BODY, size: 6.5 };
const SMALL_HEAD = { ...SMALL_CELL, bold: true };
const PADDING = { x: 3, y: 2.5 };
const NOTES: PageNotes = { title: PACK.title, draft: false, legacy: false, notice: "", digest: "0".repeat(64) };
/** Room for a seal without a time stamp, as packs leave it. */
const SEAL = { room: 4_096, at: "2026-11-24T12:00:00.000Z" } as const;

interface ContentsLine {
  readonly title: string;
  readonly anchor: string;
}

/** Writes the pack of entries that may come one by one, with the lines of its contents known before. */
type WriteOurs = (entries: Iterable<PackEntry>, lines: readonly ContentsLine[], path: string) => Promise<void>;

/**
 * The pack through the product's own layout: tagged, and sealed by a key of its own as packs are. Entries are taken one
 * by one and let go.
 */
export async function openOurs(): Promise<WriteOurs> {
  const { signer } = makeTestSealKey();
  return async (entries, lines, path) => {
    const fonts = readFontFiles();
    const file = await open(path, "w");
    const settings = { now: new Date("2026-11-24T12:00:00.000Z"), fonts, paper: "A4", seal: SEAL } as const;
    const pdf = openPdf(PACK.title, NOTES.digest, settings, async (chunk) => {
      await file.write(chunk);
    });
    const { book } = pdf;
    await pdf.write(async () => {
      cover(book, lines.length);
      const contents = [...lines, { title: APPENDIX, anchor: "appendix" }];
      const place = book.reserve(pagesFor(contentsOf(book, contents), book.frame));
      const trail: Pick<PackEntry, "events">[] = [];
      for (const entry of entries) {
        drawEntry(book, entry);
        trail.push({ events: entry.events });
        await pdf.drain();
      }
      await drawTrail(book, trail, () => pdf.drain());
      drawContents(book, contents, place);
    });
    await file.close();
    await sealPdf({ signer }, path, undefined);
  };
}

function cover(book: Book, count: number): void {
  const flow = book.flow({ ...NOTES, title: "" });
  const { width } = book.frame;
  flow.y = 200;
  flow.place([
    ...paragraph([run(PACK.organisation, { ...TITLE, size: 26 })], width, book.fonts),
    ...paragraph([run(PACK.title, { ...TITLE, size: 18 })], width, book.fonts),
    ...paragraph([run(`Generated ${PACK.date} — ${count} worksheets`, { ...BODY, size: 11 })], width, book.fonts),
  ]);
}

function drawEntry(book: Book, entry: PackEntry): void {
  const { frame, fonts } = book;
  const { width } = frame;
  const flow = book.flow(NOTES);
  flow.anchor(entry.id);
  flow.bookmark(`${entry.id} ${entry.title}`, 0);
  const text = (value: string, style: TextStyle) => paragraph([run(value, style)], width, fonts);
  const heading = (value: string) => paragraph([run(value, HEAD)], width, fonts, { heading: true });
  flow.place([
    ...paragraph([run(entryTitle(entry), TITLE)], width, fonts, { heading: true, tag: "H1" }),
    ...text(statusLine(entry), { ...BODY, size: 9 }),
    gap(6),
  ]);
  for (const section of entry.sections) {
    flow.place([...heading(section.title), ...section.paragraphs.flatMap((value) => [...text(value, BODY), gap(4.5)])]);
  }
  flow.place([gap(4), ...heading("Evidence"), ...evidence(book, entry)]);
  const by = { ...STYLES.strong, size: 8 };
  const comment = { ...BODY, size: 8.5 };
  flow.place([
    gap(8),
    ...heading("Comments"),
    ...entry.comments.flatMap((one) => [
      ...text(byLine(one), by).map((strip) => ({ ...strip, keepWithNext: true })),
      ...text(one.text, comment),
      gap(3),
    ]),
  ]);
  flow.place([
    gap(4),
    ...heading("Sign-off"),
    ...tableStrips({
      widths: [70, 150, 90, width - 310],
      rows: signOffCells(entry).map((row) => cells(book, row, [70, 150, 90, width - 310], CELL)),
      rules: "grid",
      padding: PADDING,
    }),
  ]);
}

function cells(book: Book, texts: readonly string[], widths: readonly number[], style: TextStyle): readonly Cell[] {
  return texts.map((text, index) => ({
    strips: paragraph([run(text, style)], innerWidth(widths[index] ?? 1, PADDING), book.fonts),
  }));
}

function evidence(book: Book, entry: PackEntry): readonly Strip[] {
  const widths = [130, 187, 50, 60, book.frame.width - 427];
  return tableStrips({
    widths,
    head: cells(book, EVIDENCE_HEAD, widths, CELL_HEAD),
    rows: evidenceCells(entry).map((row) => cells(book, row, widths, CELL)),
    rules: "grid",
    padding: PADDING,
  });
}

async function drawTrail(
  book: Book,
  trail: readonly Pick<PackEntry, "events">[],
  drain: () => Promise<void>,
): Promise<void> {
  const flow: Flow = book.flow(NOTES);
  flow.anchor("appendix");
  flow.bookmark(APPENDIX, 0);
  const title = [run(APPENDIX, TITLE)];
  flow.place([...paragraph(title, book.frame.width, book.fonts, { heading: true, tag: "H1" }), gap(4)]);
  const widths = [34, 84, 80, 86, 54, book.frame.width - 338];
  const table = new TableParts({
    widths,
    head: cells(book, TRAIL_HEAD, widths, SMALL_HEAD),
    rows: [],
    rules: "grid",
    padding: PADDING,
  });
  if (table.tag) flow.enter(table.tag);
  flow.place(table.head());
  for (const entry of trail) {
    const rows = trailCells(entry);
    flow.place(rows.flatMap((row) => table.row(cells(book, row, widths, SMALL_CELL))));
    await drain();
  }
  flow.leave();
}

function contentsOf(book: Book, lines: readonly ContentsLine[]): readonly Strip[] {
  const { frame, fonts } = book;
  const width = frame.width - 40;
  const table = new TableParts({
    widths: [width, 40],
    rows: [],
    rules: "none",
    padding: { x: 0, y: 1.6 },
    meaning: "contents",
  });
  const rows = lines.flatMap(({ title, anchor }) => {
    const style = { ...BODY, size: 9, target: { anchor } };
    const page = book.pageOf(anchor);
    return table.row([
      { strips: paragraph([run(title, style)], width, fonts) },
      { strips: paragraph([run(page === undefined ? "" : String(page), style)], 40, fonts, { align: "right" }) },
    ]);
  });
  return [...paragraph([run("Contents", TITLE)], frame.width, fonts, { tag: "H1" }), ...table.enclose(rows)];
}

function drawContents(book: Book, lines: readonly ContentsLine[], place: ReservedPlace): void {
  const flow = book.flow(NOTES, place);
  flow.bookmark("Contents", 0);
  flow.place(contentsOf(book, lines));
}
