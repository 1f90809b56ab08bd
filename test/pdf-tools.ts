import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTool, toolAvailable } from "@/test/tools";

/** The programs that `inspectPdf` runs. */
const PROGRAMS = ["qpdf", "pdfinfo", "pdftotext", "pdffonts"];

/** Those of the programs above that are not here: what needs them is skipped, counted and named. */
export function missingPdfPrograms(): readonly string[] {
  return PROGRAMS.filter((program) => !toolAvailable(program));
}

/** What the system's PDF programs say about a file. */
export interface PdfReport {
  /** The text in reading order, every run of white space made one blank. */
  readonly text: string;
  readonly pages: number;
  readonly title: string;
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean; readonly subset: boolean }[];
}

/**
 * Checks a PDF with qpdf and reads it with poppler's programs.
 * @throws when qpdf finds an error or a warning, or a program is missing
 */
export function inspectPdf(bytes: Uint8Array): PdfReport {
  return withPdf(bytes, (file) => {
    runTool("qpdf", ["--check", file]);
    const info = runTool("pdfinfo", [file]);
    return {
      text: runTool("pdftotext", ["-enc", "UTF-8", file, "-"]).replace(/\s+/gu, " "),
      pages: Number(/^Pages:\s+(\d+)$/m.exec(info)?.[1] ?? 0),
      title: /^Title:\s+(.*)$/m.exec(info)?.[1] ?? "",
      fonts: fontLines(runTool("pdffonts", [file])),
    };
  });
}

function fontLines(table: string): PdfReport["fonts"] {
  return table
    .split("\n")
    .slice(2)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, embedded, subset] = /\s(yes|no)\s+(yes|no)\s+(?:yes|no)\s+\d+\s+\d+\s*$/.exec(line) ?? [];
      return { name: line.split(/\s+/)[0] ?? "", embedded: embedded === "yes", subset: subset === "yes" };
    });
}

/** True when the parts stand in the text in this order. */
export function inOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** What poppler says of the seal in a PDF. */
export interface SealReport {
  readonly valid: boolean;
  /** Whether it is over the whole file. */
  readonly whole: boolean;
  /** Common name in the certificate. */
  readonly signer: string;
}

/** Asks pdfsig about a PDF. What it cannot read has no valid seal. */
export function inspectSeal(bytes: Uint8Array): SealReport {
  return withPdf(bytes, (file) => {
    const said = spawnSync("pdfsig", ["-nocert", file], { encoding: "utf8" }).stdout;
    return {
      valid: said.includes("Signature is Valid."),
      whole: said.includes("Total document signed"),
      signer: /Certificate Common Name: (.*)$/m.exec(said)?.[1] ?? "",
    };
  });
}

/** Does something with a PDF that lies in a file for that long. */
export function withPdf<T>(bytes: Uint8Array, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "countervail-pdf-"));
  try {
    const file = join(folder, "document.pdf");
    writeFileSync(file, bytes);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
