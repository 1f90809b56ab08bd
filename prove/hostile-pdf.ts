import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { cpuTime } from "@/test/cpu-time";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { inspectSeal, missingPdfPrograms, withPdf } from "@/test/pdf-tools";
import { makeTestSealKey, type TestSealKey } from "@/test/seal-key";
import { sealedPdf } from "@/test/sealed-pdf";
import { runTool, toolAvailable } from "@/test/tools";
import { activeContent, drawnText, isDrawn } from "./hostile-pdf/look";
import { type HostileWorksheet, hostileWorksheet } from "./hostile-pdf/worksheet";
import { Findings } from "./support/findings";
import type { ProofOptions, ProofResult } from "./support/proof";
import { Random } from "./support/random";

const DOCUMENTS = { long: 500, short: 10 } as const;
const ROOM = 4_096;
const AT = "2026-11-26T10:00:00.000Z";
/** What the worker allows one worksheet. */
const MOST_SECONDS = 30;

/**
 * Proves PDFs of hostile text: each is clean to qpdf, holds nothing that a reader would run or follow but http, https and
 * mailto addresses, shows every character that somebody wrote or its code, comes out byte for byte the same twice, and
 * once sealed is clean and valid as a whole. Very many short lines with a letter of Hebrew are ready in time.
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
  await examineSpeed(findings);
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
    const drawn = drawnText(file);
    for (const text of texts) findings.expect(isDrawn(text, drawn), `${name}: not all shown: ${show(text)}`);
  });
  const sealed = await sealedPdf({ signer }, pdf, undefined);
  withPdf(sealed, (file) => examineFile(`${name}, sealed`, file, findings));
  const { valid, whole } = inspectSeal(sealed);
  findings.expect(valid && whole, `${name}: its seal is not valid`);
}

/** What takes a time that grows with the square of the lines would let anybody stop exports of a whole workbook. */
async function examineSpeed(findings: Findings): Promise<void> {
  const base = worksheetModel("4.0.1");
  const [thread] = base.threads;
  if (!thread) throw new Error("The worksheet of the tests has changed.");
  const body = `\u05d0${"\n".repeat(190_000)}z`;
  const model = { ...base, threads: [{ ...thread, comments: thread.comments.map((one) => ({ ...one, body })) }] };
  const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts, paper: "A4" } as const;
  const seconds = (await cpuTime(() => renderWorksheet(model, settings))) / 1000;
  findings.expect(seconds < MOST_SECONDS, `190,000 lines with a letter of Hebrew take ${seconds.toFixed(0)} s`);
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
