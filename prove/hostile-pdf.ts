import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { sealPdf } from "@/lib/services/export/seal-pdf";
import { inspectSeal, missingPdfPrograms, withPdf } from "@/test/pdf-tools";
import { makeTestSealKey, type TestSealKey } from "@/test/seal-key";
import { runTool, toolAvailable } from "@/test/tools";
import { activeContent, drawnWords, isDrawn } from "./hostile-pdf/look";
import { type HostileWorksheet, hostileWorksheet } from "./hostile-pdf/worksheet";
import { Findings } from "./support/findings";
import type { ProofOptions, ProofResult } from "./support/proof";
import { Random } from "./support/random";

const DOCUMENTS = { long: 500, short: 10 } as const;
const ROOM = 4_096;
const AT = "2026-11-26T10:00:00.000Z";

/**
 * Proves PDFs of hostile text: each is clean to qpdf, holds nothing that a reader would run or follow but http, https and
 * mailto addresses, shows every character that somebody wrote or its code, comes out byte for byte the same twice, and
 * once sealed is clean and valid as a whole.
 */
export async function prove({ short, seed }: ProofOptions): Promise<ProofResult> {
  const lacks = [...missingPdfPrograms(), ...["pdfsig"].filter((name) => !toolAvailable(name))];
  if (lacks.length > 0) return { holds: true, lacks, figure: "nothing could be tried" };
  const findings = new Findings();
  const key = makeTestSealKey();
  const counts = { documents: short ? DOCUMENTS.short : DOCUMENTS.long, texts: 0, characters: 0 };
  for (let number = 0; number < counts.documents; number += 1) {
    const worksheet = hostileWorksheet(new Random(seed * 100_003 + number));
    await examine(`document ${number}`, worksheet, key, findings);
    counts.texts += worksheet.texts.length;
    counts.characters += worksheet.texts.reduce((sum, text) => sum + [...text].length, 0);
  }
  const { documents, texts, characters } = counts;
  return findings.result(
    `${documents} PDFs with ${texts} hostile texts of ${characters} characters, and the same sealed`,
  );
}

const fonts = readFontFiles();

async function examine(
  name: string,
  { model, texts }: HostileWorksheet,
  { signer }: TestSealKey,
  findings: Findings,
): Promise<void> {
  const settings = {
    now: new Date("2026-09-22T08:00:00.000Z"),
    fonts,
    paper: "A4",
    seal: { room: ROOM, at: AT },
  } as const;
  const pdf = await renderWorksheet(model, settings);
  // What goes on from one rendering to the next would show.
  findings.expect((await renderWorksheet(model, settings)).equals(pdf), `${name}: other bytes the second time`);
  withPdf(pdf, (file) => {
    examineFile(name, file, findings);
    const words = drawnWords(file);
    for (const text of texts) findings.expect(isDrawn(text, words), `${name}: not all shown: ${show(text)}`);
  });
  const sealed = await sealPdf({ signer }, pdf, undefined);
  withPdf(sealed, (file) => examineFile(`${name}, sealed`, file, findings));
  const { valid, whole } = inspectSeal(sealed);
  findings.expect(valid && whole, `${name}: its seal is not valid`);
}

function examineFile(name: string, file: string, findings: Findings): void {
  try {
    runTool("qpdf", ["--check", file]);
  } catch (error) {
    findings.add(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  const active = activeContent(file);
  findings.expect(active.length === 0, `${name} holds ${active.join(", ")}`);
}

function show(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
