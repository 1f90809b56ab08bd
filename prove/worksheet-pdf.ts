import { createHash } from "node:crypto";
import { HEADER_LABEL, SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorkbook, renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { PAPERS } from "@/lib/render/pdf/view-model";
import { cpuTime } from "@/test/cpu-time";
import { doc, para } from "@/test/fixtures/narrative";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { inOrder, inspectPdf, missingPdfPrograms, type PdfReport } from "@/test/pdf-tools";

const SPECIAL = ["Łódź", "Ελλάδα", "Київ", "→", "“no exceptions”"];
const LONG = 100_000;
/** Of the processor's time. The short form, which runs wherever the tests do, takes what the app allows one worksheet. */
const LONGEST_MS = { long: 3_000, short: 30_000 } as const;

/**
 * Proves the PDF: worksheets of both versions on both papers, draft and signed, and workbooks are clean to qpdf, have
 * all fonts embedded, the six headings in order and the special text, and come out byte for byte the same twice; text of
 * 100,000 characters without a blank renders within 3 seconds. `seed` varies the text; `short` takes fewer rounds.
 */
export async function prove({ short, seed }: { readonly short: boolean; readonly seed: number }) {
  const fonts = readFontFiles();
  const now = new Date("2026-09-22T08:00:00.000Z");
  const failures: string[] = [];
  const lacks = missingPdfPrograms();
  let documents = 0;
  const check = async (name: string, render: () => Promise<Buffer>, holds: (report: PdfReport) => boolean) => {
    const bytes = await render();
    documents += 1;
    if (!(await render()).equals(bytes)) failures.push(`${name}: other bytes the second time`);
    if (lacks.length > 0) return;
    const report = inspectPdf(bytes);
    if (report.fonts.length === 0 || !report.fonts.every((font) => font.embedded && font.subset)) {
      failures.push(`${name}: a font is not embedded`);
    }
    if (!SPECIAL.every((word) => report.text.includes(word))) failures.push(`${name}: special text is missing`);
    if (!holds(report)) failures.push(`${name}: headings are not in order`);
  };

  for (const version of ["4.0.1", "3.2.1"] as const) {
    const headings = sectionOrder(version).map((key, index) => `${index + 1}. ${SECTION_LABELS[key]}`);
    for (const paper of PAPERS) {
      for (const signed of [false, true]) {
        await check(
          `worksheet ${version} ${paper} ${signed ? "signed" : "draft"}`,
          () => renderWorksheet(worksheetModel(version, signed), { now, fonts, paper }),
          (report) => inOrder(report.text, [HEADER_LABEL, ...headings]),
        );
      }
      await check(
        `workbook ${version} ${paper}`,
        () => renderWorkbook(workbookModel(version, short ? 3 : 40), { now, fonts, paper }),
        (report) => inOrder(report.text, ["Contents", "Summary of dispositions", ...headings, "Annex A. Evidence"]),
      );
    }
  }

  let slowest = 0;
  for (const text of unbrokenTexts(seed, short)) {
    slowest = Math.max(slowest, await timeOf(text, { now, fonts, paper: "A4" }));
  }
  if (slowest > (short ? LONGEST_MS.short : LONGEST_MS.long))
    failures.push(`100,000 characters took ${Math.round(slowest)} ms`);
  const figure = `${documents} documents, 100,000 characters in ${(slowest / 1000).toFixed(2)} s`;
  return { holds: failures.length === 0, lacks, figure: [figure, ...failures].join("; ") };
}

/** Texts without a blank: one letter, hexadecimal, base64, and in the long form letters of several scripts. */
function unbrokenTexts(seed: number, short: boolean): readonly string[] {
  const digests = (encoding: "hex" | "base64") => {
    let text = "";
    for (let count = 0; text.length < LONG; count += 1)
      text += createHash("sha256").update(`${seed}.${count}`).digest(encoding);
    return text.slice(0, LONG);
  };
  const few = ["x".repeat(LONG), digests("base64")];
  return short ? few : [...few, digests("hex"), "aЖλ→".repeat(LONG / 4), "arn:aws:kms/".repeat(LONG / 12)];
}

async function timeOf(text: string, settings: Parameters<typeof renderWorksheet>[1]): Promise<number> {
  const sections = { ...SAMPLE_SECTIONS, constraints: { ...SAMPLE_SECTIONS.constraints, narrative: doc(para(text)) } };
  const model = worksheetModel("4.0.1", false, sections);
  return cpuTime(() => renderWorksheet(model, settings));
}
