import { describe, expect, test, vi } from "vitest";
import { recordParts } from "@/lib/domain/records/keys";
import { RECORD_KINDS } from "@/lib/domain/records/kinds";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { BlockNode, TableNode, TableRowNode } from "@/lib/domain/worksheet/narrative";
import { HEADER_LABEL, PART_LABELS, SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorkbook, renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { PAPERS } from "@/lib/render/pdf/view-model";
import { doc, para, text } from "@/test/fixtures/narrative";
import { filledRecord } from "@/test/fixtures/record-parts";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { inOrder, inspectPdf, missingPdfPrograms } from "@/test/pdf-tools";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fonts = readFontFiles();
const now = new Date("2026-09-22T08:00:00.000Z");
const settings = { now, fonts, paper: "A4" } as const;
const withConstraints = (...content: readonly BlockNode[]) =>
  worksheetModel("4.0.1", false, {
    ...SAMPLE_SECTIONS,
    constraints: { ...SAMPLE_SECTIONS.constraints, narrative: doc(...content) },
  });
const missing = missingPdfPrograms();

test("the same model gives the same bytes, another model others", async () => {
  const model = worksheetModel("4.0.1");
  const first = await renderWorksheet(model, settings);
  expect((await renderWorksheet(structuredClone(model), settings)).equals(first)).toBe(true);
  expect((await renderWorksheet({ ...model, digest: "0".repeat(64) }, settings)).equals(first)).toBe(false);
  const book = workbookModel("4.0.1");
  expect((await renderWorkbook(book, settings)).equals(await renderWorkbook(book, settings))).toBe(true);
});

test.skipIf(missing.length > 0)(
  "accents that a font has no place for do not stop it, and none is lost when text is taken out",
  async () => {
    const code = text("e\u0334\u0323 overlaid", { type: "code" });
    const report = inspectPdf(
      await renderWorksheet(withConstraints(para(code, " begin \u1eb9\u0301 end"), para("e")), settings),
    );
    expect(report.text.normalize("NFC")).toContain("e\u0334\u0323 overlaid begin \u1eb9\u0301 end".normalize("NFC"));
  },
);

test("100,000 characters without a blank, tables and nesting end soon", async () => {
  const cell = (value: string) => ({ type: "tableCell", content: [para(value)] }) as const;
  const row: TableRowNode = {
    type: "tableRow",
    content: Array.from({ length: 20 }, (_, at) => cell(`unbreakable${at}`)),
  };
  let deep: Exclude<BlockNode, TableNode> = para("deep");
  for (let level = 0; level < 20; level += 1) {
    deep = { type: "bulletList", content: [{ type: "listItem", content: [para("level"), deep] }] };
  }
  await renderWorksheet(withConstraints(para("x".repeat(100_000))), settings);
  await renderWorksheet(
    withConstraints({ type: "table", content: Array(60).fill(row) }, deep, para("\n".repeat(2000))),
    settings,
  );
});

describe.skipIf(missing.length > 0)(`read by ${["qpdf", "poppler-utils"].join(" and ")}`, () => {
  for (const version of ["4.0.1", "3.2.1"] as const) {
    for (const paper of PAPERS) {
      for (const signed of [false, true]) {
        test(`worksheet of ${version} on ${paper}, ${signed ? "signed" : "draft"}`, async () => {
          const report = inspectPdf(await renderWorksheet(worksheetModel(version, signed), { ...settings, paper }));
          const names = sectionOrder(version).map((key, index) => `${index + 1}. ${SECTION_LABELS[key]}`);
          expect(
            inOrder(report.text, [HEADER_LABEL, ...names, "Annex A. Evidence", "Annex D. People and history"]),
          ).toBe(true);
          for (const word of ["Łódź", "Ελλάδα", "Київ", "→", "“no exceptions”", "≤ 10", "✓", "Paweł Zieliński"]) {
            expect(report.text).toContain(word);
          }
          // A file of the evidence with its digest, wherever its line was broken.
          expect(report.text.replace(/\s/g, "")).toContain(`lock-trace.json,12.3kB,SHA-256${"c0ffee".repeat(10)}0000`);
          expect(report.fonts.length).toBeGreaterThan(2);
          expect(report.fonts.every((font) => font.embedded && font.subset)).toBe(true);
          expect(report.text.split("DRAFT").length - 1).toBe(signed ? 0 : report.pages);
          expect(report.text.split("Legacy: PCI DSS 3.2.1 is retired, not reportable").length - 1).toBe(
            version === "3.2.1" ? report.pages : 0,
          );
          expect(report.text).toContain(`Page ${report.pages} of ${report.pages}`);
          expect(report.text.split(worksheetModel(version).digest).length - 1).toBeGreaterThanOrEqual(report.pages);
          expect(report.title).toMatch(/^Compensating Controls Worksheet 8\.\d\.\d, Harbour Lane Payments$/);
        });
      }
    }
  }

  test.each(RECORD_KINDS)("a %s has a template of its own, and no criteria and rules behind it", async (kind) => {
    const model = { ...worksheetModel("4.0.1", true), kind, sections: filledRecord(kind, "2026-09-01"), criteria: [] };
    const report = inspectPdf(await renderWorksheet({ ...model, evidence: [] }, settings));
    const names = recordParts(kind).map((key, index) => `${index + 1}. ${PART_LABELS[key]}`);
    const flat = report.text.replace(/\s+/g, " ");
    for (const name of names) expect(flat, name).toContain(name);
    expect(flat).toContain("Rosalind Achterberg");
    expect(flat).toContain("Annex D. People and history");
    for (const absent of ["Compensating Controls Worksheet", "Appendix C", "Annex E.", "Annex F."]) {
      expect(flat, absent).not.toContain(absent);
    }
    expect(report.title).toContain("8.3.4, Harbour Lane Payments");
  });

  test("the workbook lists records in a chapter of their own, and counts them apart", async () => {
    const book = workbookModel("4.0.1");
    const sections = filledRecord("risk_analysis", "2026-09-01");
    const record = { ...worksheetModel("4.0.1", true), kind: "risk_analysis" as const, sections, criteria: [] };
    const worksheets = [...book.worksheets, { ...record, evidence: [] }];
    const flat = inspectPdf(await renderWorkbook({ ...book, worksheets }, settings)).text.replace(/\s+/g, " ");
    expect(flat).toContain(`Worksheets ${book.worksheets.length}, for`);
    expect(flat).toContain("Targeted risk analysis: 1");
    expect(flat).toContain("Records: customized approach, legal exception, targeted risk analysis");
  });

  test("the workbook has cover, contents with page numbers, summary, worksheets and annexes", async () => {
    const report = inspectPdf(await renderWorkbook(workbookModel("3.2.1"), settings));
    expect(
      inOrder(report.text, [
        "Compensating Controls Workbook",
        "Contents",
        "Summary of dispositions",
        "Annexes to 8.1.6",
      ]),
    ).toBe(true);
    expect(report.text).toContain("Not applicable");
    expect(report.text).toContain(`Page 1 of ${report.pages}`);
  });

  test("what cannot be drawn, or hides, is shown; empty sections say so; odd links are no links", async () => {
    const link = text("click", { type: "link", attrs: { href: "javascript:alert(1)" } });
    const odd = para("half \ud800 pair, bidi \u202e here, bell \u0007, smile 😀, word עברית ", link);
    const bytes = await renderWorksheet(withConstraints(odd), settings);
    const report = inspectPdf(bytes);
    for (const part of [
      "half \ufffd pair",
      "bidi [U+202E] here",
      "bell [U+0007]",
      "smile [U+1F600]",
      "click [javascript:alert(1)]",
    ]) {
      expect(report.text).toContain(part);
    }
    // poppler says by controls of its own what goes from right to left.
    expect(report.text.replace(/[\u202a-\u202e\s]/g, "")).toContain("wordעבריתclick");
    expect(bytes.includes("javascript:")).toBe(false);
    const empty = inspectPdf(await renderWorksheet(worksheetModel("4.0.1", false, emptySections()), settings));
    expect(empty.text.split("No content yet")).toHaveLength(7);
  });

  test("a row that runs over pages names itself again", async () => {
    const long = Array.from({ length: 40 }, (_, at) => para(`Paragraph ${at}. ${"Word after word. ".repeat(30)}`));
    const report = inspectPdf(await renderWorksheet(withConstraints(...long), settings));
    expect(report.text).toContain("1. Constraints (continued)");
    for (let at = 0; at < long.length; at += 1) expect(report.text).toContain(`Paragraph ${at}.`);
  });
});
