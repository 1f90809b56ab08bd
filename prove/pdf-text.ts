import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { missingPdfPrograms, withPdf } from "@/test/pdf-tools";
import { runTool } from "@/test/tools";
import { drawnText, isDrawn } from "./hostile-pdf/look";
import { type ScriptWorksheet, scriptWorksheet } from "./pdf-text/worksheet";
import { Findings } from "./support/findings";
import type { ProofOptions, ProofResult } from "./support/proof";
import { Random } from "./support/random";

const DOCUMENTS = { long: 500, short: 10 } as const;
const HEBREW = /\p{Script=Hebrew}+/gu;

/**
 * Proves that the text of a PDF is the text of its worksheet, in Latin with all European letters, Vietnamese, Greek,
 * Cyrillic and Hebrew: every character is drawn, every text stands in the structure, nothing needed a mark; the PDF is
 * clean to qpdf and comes out byte for byte the same twice.
 */
export async function prove({ short, seed }: ProofOptions): Promise<ProofResult> {
  const lacks = missingPdfPrograms();
  if (lacks.length > 0) return { holds: true, lacks, figure: "nothing could be tried" };
  const fonts = readFontFiles();
  const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts, paper: "A4" } as const;
  const findings = new Findings();
  const documents = short ? DOCUMENTS.short : DOCUMENTS.long;
  let characters = 0;
  for (let number = 0; number < documents; number += 1) {
    const worksheet = scriptWorksheet(new Random(seed * 100_003 + number));
    const name = `document ${number}, ${worksheet.script}`;
    const pdf = await renderWorksheet(worksheet.model, settings);
    findings.expect(
      (await renderWorksheet(worksheet.model, settings)).equals(pdf),
      `${name}: other bytes the second time`,
    );
    withPdf(pdf, (file) => examine(name, file, worksheet, findings));
    characters += worksheet.texts.reduce((sum, text) => sum + [...text].length, 0);
  }
  return findings.result(`${documents} PDFs with ${characters} characters in five scripts`);
}

function examine(name: string, file: string, { script, texts }: ScriptWorksheet, findings: Findings): void {
  try {
    runTool("qpdf", ["--check", file]);
  } catch (error) {
    findings.add(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  const drawn = drawnText(file);
  const { words } = drawn;
  findings.expect(!words.some((word) => word.includes("[U+")), `${name}: a character of the script has no glyph`);
  const structure = collapsed(structureText(file));
  if (script === "Hebrew") {
    // Words stand on a line from right to left: what can be asked of a program that reads the line is each word.
    const missing = missingWords(texts, words);
    findings.expect(missing.length === 0, `${name}: words are missing: ${missing.slice(0, 5).join(" ")}`);
    // The order is what the paragraph tells of itself.
    const told = toldTexts(file);
    for (const text of texts.filter((one) => one.search(HEBREW) >= 0)) {
      findings.expect(
        told.includes(collapsed(text)),
        `${name}: not told in order: ${JSON.stringify(text.slice(0, 120))}`,
      );
    }
    return;
  }
  for (const text of texts) {
    findings.expect(isDrawn(text, drawn), `${name}: not all drawn: ${JSON.stringify(text.slice(0, 120))}`);
    findings.expect(
      structure.includes(collapsed(text)),
      `${name}: not in the structure: ${JSON.stringify(text.slice(0, 120))}`,
    );
  }
}

/** Hebrew words of the texts that do not stand among the words, as often as they are missing. */
function missingWords(texts: readonly string[], words: readonly string[]): readonly string[] {
  const counted = new Map<string, number>();
  for (const word of words.flatMap((one) => one.match(HEBREW) ?? [])) counted.set(word, (counted.get(word) ?? 0) + 1);
  const missing: string[] = [];
  for (const word of texts.flatMap((one) => one.match(HEBREW) ?? [])) {
    const left = counted.get(word) ?? 0;
    if (left === 0) missing.push(word);
    counted.set(word, left - 1);
  }
  return missing;
}

/** The text of all that is tagged, in the order of the structure. */
function structureText(file: string): string {
  const lines = runTool("pdfinfo", ["-struct-text", file]).split("\n");
  return lines.map((line) => /^\s*"(.*)"$/.exec(line)?.[1] ?? "").join("");
}

/** What paragraphs tell of themselves (`ActualText`), one on each line. */
function toldTexts(file: string): string {
  const told: string[] = [];
  const json = runTool("qpdf", ["--json=2", "--json-stream-data=none", "--json-key=qpdf", file]);
  JSON.parse(json, (key, value: unknown) => {
    if (key === "/ActualText" && typeof value === "string") told.push(collapsed(value.slice("u:".length)));
    return value;
  });
  return told.join("\n");
}

/** Text with single blanks, composed, and with the one character of several that share a glyph in our fonts. */
function collapsed(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(/\u00b5/g, "\u03bc");
}
