import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { printBook } from "@/lib/render/pdf/print-book";
import { printFile } from "@/lib/render/pdf/print-file";
import { renderPdf } from "@/lib/render/pdf/render-pdf";
import type { BookFileJob, BookProgress, BookSheet, Logo } from "@/lib/render/pdf/view-model";
import { pngFile } from "@/test/fixtures/png-file";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { inspectPdf, withPdf } from "@/test/pdf-tools";
import { runTool, toolAvailable } from "@/test/tools";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const fonts = readFontFiles();
const lacks = ["qpdf", "pdfinfo", "pdfdetach", "pdfimages", "pdftotext", "pdffonts"].filter(
  (name) => !toolAvailable(name),
);
const AT = "2026-11-24T12:00:00.000Z";
const LOGO: Logo = {
  type: "image/png",
  data: pngFile({ width: 40, height: 12 }).toString("base64"),
  alt: "Harbour Lane: a lighthouse",
};
const { worksheets, ...rest } = workbookModel("4.0.1", 5);
const frame = { ...rest, worksheets: worksheets.map(({ kind, header }) => ({ kind, header })) };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "countervail-book-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stretch(name: string, sheets: readonly BookSheet[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(sheets));
  return path;
}

function jobOf(name: string, sheets: readonly BookSheet[], more: Partial<BookFileJob> = {}): BookFileJob {
  const stretches = [stretch(`${name}-0`, sheets.slice(0, 2)), stretch(`${name}-1`, sheets.slice(2))];
  return { kind: "book", frame, stretches, out: join(folder, name), paper: "A4", at: AT, ...more };
}

test("a workbook from stretches has the bytes of one drawn from memory, the same each time, and says how far it is", async () => {
  const sheets = worksheets.map((model) => ({ model }));
  const told: BookProgress[] = [];
  const first = jobOf("first", sheets, { logo: LOGO });
  expect(await printBook(first, fonts, (progress) => told.push(progress))).toMatchObject({ kind: "written" });
  expect(told.map(({ pass, index }) => `${pass}.${index}`)).toEqual([
    "0.0",
    "0.1",
    "0.2",
    "0.3",
    "0.4",
    "1.0",
    "1.1",
    "1.2",
    "1.3",
    "1.4",
  ]);
  const again = jobOf("again", sheets, { logo: LOGO });
  await printBook(again, fonts, () => undefined);
  const whole = await renderPdf(
    { kind: "workbook", model: { ...rest, worksheets }, paper: "A4", at: AT, logo: LOGO },
    fonts,
  );
  expect(readFileSync(first.out).equals(whole)).toBe(true);
  expect(readFileSync(again.out).equals(whole)).toBe(true);
});

test.skipIf(lacks.length > 0)(
  "under PDF/A it carries the content of each worksheet, and the logo with its words",
  async () => {
    const sheets = worksheets.map((model, index) => ({
      model,
      attachment: { name: `w${index}.json`, type: "application/json", description: "Content", text: `{"at":${index}}` },
    }));
    const job = jobOf("kept", sheets, { conformance: "PDF/A-3a", logo: LOGO, paper: "Letter" });
    expect(await printBook(job, fonts, () => undefined)).toMatchObject({ kind: "written" });
    const pdf = readFileSync(job.out);
    expect(inspectPdf(pdf).text).toContain("Harbour Lane Payments");
    const names = withPdf(pdf, (file) => runTool("pdfdetach", ["-list", file]));
    expect(names.match(/w\d\.json/g)).toEqual(["w0.json", "w1.json", "w2.json", "w3.json", "w4.json"]);
    expect(withPdf(pdf, (file) => runTool("pdfinfo", ["-struct", file]))).toMatch(/^ +Figure/m);
    // The picture and its opacity.
    const pictures = withPdf(pdf, (file) => runTool("pdfimages", ["-list", file]));
    expect(pictures.match(/^ +1 +\d+ (image|smask) +40 +12 /gm)).toHaveLength(2);
    expect(await printBook(jobOf("plain", sheets), fonts, () => undefined)).toMatchObject({
      kind: "undrawable",
      index: 0,
    });
  },
);

test("a worksheet that cannot be drawn is named, and a file that is there is not written over", async () => {
  const broken = worksheets.map((model, index) => ({
    model: index === 3 ? { ...model, evidence: null as never } : model,
  }));
  expect(await printBook(jobOf("broken", broken), fonts, () => undefined)).toMatchObject({
    kind: "undrawable",
    index: 3,
  });
  const job = jobOf(
    "there",
    worksheets.map((model) => ({ model })),
  );
  writeFileSync(job.out, "mine");
  await expect(printBook(job, fonts, () => undefined)).rejects.toMatchObject({ code: "EEXIST" });
  expect(readFileSync(job.out, "utf8")).toBe("mine");
});

test("what the disk does not take is told apart from what cannot be drawn, and from what cannot be read", async () => {
  const sheets = worksheets.map((model) => ({ model }));
  const [model] = worksheets;
  if (!model) throw new Error("There is no worksheet.");
  const one = (out: string, drawn = model) =>
    ({ kind: "file", job: { kind: "worksheet", model: drawn, paper: "A4", at: AT }, out }) as const;
  const gone = join(folder, "absent", "out");
  expect(await printBook(jobOf("gone", sheets, { out: gone }), fonts, () => undefined)).toMatchObject({
    kind: "unwritable",
    trouble: "gone",
  });
  expect(await printFile(one(gone), fonts)).toMatchObject({ kind: "unwritable", trouble: "gone" });
  expect(await printFile(one(join(folder, "torn"), { ...model, evidence: null as never }), fonts)).toMatchObject({
    kind: "undrawable",
    reason: expect.stringContaining("null"),
    stack: expect.stringMatching(/\n +at /),
  });
  const unread = jobOf("unread", sheets, { stretches: [join(folder, "no-stretch")] });
  await expect(printBook(unread, fonts, () => undefined)).rejects.toMatchObject({ code: "ENOENT" });
});
