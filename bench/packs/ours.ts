import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { type Book, type Flow, pagesFor, type ReservedPlace } from "@/lib/render/pdf/book";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { openPdf } from "@/lib/render/pdf/pdf-file";
import type { PageNotes } from "@/lib/render/pdf/sheet";
import { gap, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { type Cell, innerWidth, TableParts, tableStrips } from "@/lib/render/pdf/table";
import type { TextStyle } from "@/lib/render/pdf/text-runs";
import { PACK, type PackEntry } from "./workload";

const BODY = STYLES.body;
const HEAD = { ...STYLES.strong, size: 11 };
const TITLE = { ...STYLES.title, size: 15 };
const CELL = { ...BODY, size: 7.5 };
const CELL_HEAD = { ...CELL, bold: true };
const SMALL_CELL = { ...BODY, size: 6.5 };
const SMALL_HEAD = { ...SMALL_CELL, bold: true };
const PADDING = { x: 3, y: 2.5 };
const EVIDENCE = ["File", "SHA-256", "Size", "Added", "By"] as const;
const TRAIL = ["#", "Time (UTC)", "Actor", "Action", "Target", "Chain hash"] as const;
const NOTES: PageNotes = { title: PACK.title, draft: false, legacy: false, notice: "", digest: "0".repeat(64) };
/** Room for a seal, as packs leave it. */
const SEAL = { room: 8192, at: "2026-11-24T12:00:00.000Z" } as const;

interface ContentsLine {
  readonly title: string;
  readonly anchor: string;
}

/**
 * The pack through the product's own layout: tagged, with a place for a seal and the digest over the file that a seal is
 * made of. Entries are taken one by one and let go. @param count how many there are
 */
export async function ourPack(
  entries: Iterable<PackEntry>,
  lines: readonly ContentsLine[],
  fonts: FontFiles,
  path: string,
): Promise<void> {
  const file = await open(path, "w");
  const hash: Hash = createHash("sha256");
  const settings = { now: new Date("2026-11-24T12:00:00.000Z"), fonts, paper: "A4", seal: SEAL } as const;
  const pdf = openPdf(PACK.title, NOTES.digest, settings, async (chunk) => {
    hash.update(chunk);
    await file.write(chunk);
  });
  const { book } = pdf;
  await pdf.write(async () => {
    cover(book, lines.length);
    const contents = [...lines, { title: "Appendix A. Audit trail", anchor: "appendix" }];
    const place = book.reserve(pagesFor(contentsOf(book, contents), book.frame));
    const trail: PackEntry["events"][] = [];
    for (const entry of entries) {
      drawEntry(book, entry);
      trail.push(entry.events);
      await pdf.drain();
    }
    await drawTrail(book, trail, () => pdf.drain());
    drawContents(book, contents, place);
  });
  hash.digest();
  await file.close();
}

function cover(book: Book, count: number): void {
  const flow = book.flow({ ...NOTES, title: "" });
  const { width } = book.frame;
  flow.y = 200;
  flow.place([
    ...paragraph([run(PACK.organisation, { ...TITLE, size: 26 })], width, book.fonts),
    ...paragraph([run(PACK.title, { ...TITLE, size: 18 })], width, book.fonts),
    ...paragraph([run(`Generated ${PACK.date}, ${count} worksheets`, { ...BODY, size: 11 })], width, book.fonts),
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
    ...paragraph([run(`${entry.id}: ${entry.title}`, TITLE)], width, fonts, { heading: true, tag: "H1" }),
    ...text(`Status: ${entry.status}   Requirement ${entry.requirement}`, { ...BODY, size: 9 }),
    gap(6),
  ]);
  for (const section of entry.sections) {
    flow.place([...heading(section.title), ...section.paragraphs.flatMap((value) => [...text(value, BODY), gap(4.5)])]);
  }
  flow.place([gap(4), ...heading("Evidence"), ...evidence(book, entry)]);
  const byLine = { ...STYLES.strong, size: 8 };
  const comment = { ...BODY, size: 8.5 };
  flow.place([
    gap(8),
    ...heading("Comments"),
    ...entry.comments.flatMap((one) => [
      ...text(`${one.by} · ${one.at}`, byLine).map((strip) => ({ ...strip, keepWithNext: true })),
      ...text(one.text, comment),
      gap(3),
    ]),
  ]);
  const rows = entry.signOffs.map((one) => [one.role, `${one.name}, ${one.office}`, one.at, one.digest]);
  flow.place([
    gap(4),
    ...heading("Sign-off"),
    ...tableStrips({
      widths: [70, 150, 90, width - 310],
      rows: rows.map((row) => cells(book, row, [70, 150, 90, width - 310], CELL)),
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
    head: cells(book, EVIDENCE, widths, CELL_HEAD),
    rows: entry.evidence.map((one) =>
      cells(book, [one.name, one.sha256, String(one.size), one.at.slice(0, 10), one.by], widths, CELL),
    ),
    rules: "grid",
    padding: PADDING,
  });
}

async function drawTrail(book: Book, trail: readonly PackEntry["events"][], drain: () => Promise<void>): Promise<void> {
  const flow: Flow = book.flow(NOTES);
  flow.anchor("appendix");
  flow.bookmark("Appendix A. Audit trail", 0);
  const title = [run("Appendix A. Audit trail", TITLE)];
  flow.place([...paragraph(title, book.frame.width, book.fonts, { heading: true, tag: "H1" }), gap(4)]);
  const widths = [34, 84, 80, 86, 54, book.frame.width - 338];
  const table = new TableParts({
    widths,
    head: cells(book, TRAIL, widths, SMALL_HEAD),
    rows: [],
    rules: "grid",
    padding: PADDING,
  });
  if (table.tag) flow.enter(table.tag);
  flow.place(table.head());
  for (const events of trail) {
    const rows = events.map((one) => [
      String(one.number),
      one.at,
      one.by,
      one.action,
      one.target,
      one.hash.slice(0, 40),
    ]);
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
