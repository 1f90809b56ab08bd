import { describe, expect, it } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { type OpenPdf, openPdf } from "@/lib/render/pdf/pdf-file";
import { collected } from "@/lib/render/pdf/render-pdf";
import { gap, paragraph } from "@/lib/render/pdf/strip";
import { Tag } from "@/lib/render/pdf/structure";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { TableParts } from "@/lib/render/pdf/table";
import { inspectPdf, missingPdfPrograms, withPdf } from "@/test/pdf-tools";
import { runTool } from "@/test/tools";

const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts: readFontFiles(), paper: "A4" } as const;
const notes = { title: "Running title", draft: false, legacy: false, notice: "", digest: "0".repeat(64) };

function written(lay: (pdf: OpenPdf) => void): Promise<Buffer> {
  return collected(async (sink) => {
    const pdf = openPdf("Title", notes.digest, settings, sink);
    lay(pdf);
    await pdf.finish();
  });
}
const structureOf = (pdf: Buffer) => withPdf(pdf, (file) => runTool("pdfinfo", ["-struct-text", file]));
const line = ({ book }: OpenPdf, text: string) => paragraph([run(text)], book.frame.width, book.fonts);

describe.skipIf(missingPdfPrograms().length > 0)("a book", () => {
  it("puts pages that are laid out last where a place was kept for them, and counts them", async () => {
    const pdf = await written((open) => {
      const { book } = open;
      book.flow(notes).place(line(open, "first"));
      const place = book.reserve(2);
      const body = book.flow(notes);
      body.anchor("body");
      body.place(line(open, "body"));
      expect(book.pageOf("body")).toBe(4);
      const kept = book.flow(notes, place);
      kept.place(line(open, "kept"));
      kept.newPage();
      kept.place(line(open, "kept on"));
    });
    const { text, pages } = inspectPdf(pdf);
    expect(pages).toBe(4);
    const order = ["first", "Page 1 of 4", "kept", "Page 2 of 4", "kept on", "Page 3 of 4", "body", "Page 4 of 4"];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const structure = structureOf(pdf);
    expect(structure.indexOf("kept on")).toBeLessThan(structure.indexOf("body"));
  });

  it("says so when more or fewer pages are laid out than were kept", async () => {
    const fewer = written(({ book }) => {
      book.flow(notes);
      const place = book.reserve(2);
      book.flow(notes, place);
    });
    await expect(fewer).rejects.toThrow("Fewer pages");
    const more = written(({ book }) => {
      const place = book.reserve(1);
      book.flow(notes, place).newPage();
    });
    await expect(more).rejects.toThrow("More pages");
  });

  it("refuses strips for a flow that another one has ended", async () => {
    const late = written((open) => {
      const first = open.book.flow(notes);
      open.book.flow(notes);
      first.place(line(open, "late"));
    });
    await expect(late).rejects.toThrow("has ended");
  });

  it("takes text into the structure that was drawn by hand, and leaves out what is said again", async () => {
    const pdf = await written((open) => {
      const { book } = open;
      const flow = book.flow(notes);
      const head = line(open, "a head");
      flow.place(head);
      for (const strip of line(open, "by hand")) strip.draw?.(flow.sheet, 60, 400);
      flow.newPage();
      flow.again(head);
      flow.place(line(open, "the end"));
    });
    const structure = structureOf(pdf);
    expect(structure.split("a head")).toHaveLength(2);
    expect(structure).toContain("by hand");
    expect(inspectPdf(pdf).text.split("a head")).toHaveLength(3);
  });

  it("goes down one level of headings at a time, whatever templates ask for", async () => {
    const pdf = await written((open) => {
      const { book } = open;
      const heading = (text: string, tag: "H1" | "H3" | "H6") =>
        paragraph([run(text, STYLES.strong)], book.frame.width, book.fonts, { heading: true, tag });
      const flow = book.flow(notes);
      flow.place([
        ...heading("one", "H3"),
        ...heading("two", "H6"),
        gap(2),
        ...heading("three", "H6"),
        ...heading("four", "H1"),
      ]);
    });
    const types = [...structureOf(pdf).matchAll(/\bH(\d)\b/g)].map(([, level]) => Number(level));
    expect(types).toEqual([1, 2, 3, 1]);
  });

  it("lays out a long table row by row, as one table with its head once", async () => {
    const pdf = await written((open) => {
      const { book } = open;
      const cell = (text: string) => ({ strips: paragraph([run(text)], 90, book.fonts) });
      const table = new TableParts({
        widths: [100, 100],
        head: [cell("Left"), cell("Right")],
        rows: [],
        rules: "rows",
      });
      const flow = book.flow(notes);
      flow.enter(table.tag ?? new Tag("Table"));
      flow.place(table.head());
      for (let row = 0; row < 120; row += 1) flow.place(table.row([cell(`left ${row}`), cell("")]));
      flow.leave();
    });
    const structure = structureOf(pdf);
    expect(structure.match(/\bTable\b/g)).toHaveLength(1);
    expect(structure.match(/\bTR\b/g)).toHaveLength(121);
    expect(structure.match(/\bTD\b/g)).toHaveLength(240);
    expect(structure.match(/"Left"/g)).toHaveLength(1);
    const { text, pages } = inspectPdf(pdf);
    expect(pages).toBeGreaterThan(2);
    expect(text.split("Left").length - 1).toBe(pages);
  });
});
