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
  const folder = mkdtempSync(join(tmpdir(), "countervail-pdf-"));
  try {
    const file = join(folder, "document.pdf");
    writeFileSync(file, bytes);
    runTool("qpdf", ["--check", file]);
    const info = runTool("pdfinfo", [file]);
    return {
      text: runTool("pdftotext", ["-enc", "UTF-8", file, "-"]).replace(/\s+/gu, " "),
      pages: Number(/^Pages:\s+(\d+)$/m.exec(info)?.[1] ?? 0),
      title: /^Title:\s+(.*)$/m.exec(info)?.[1] ?? "",
      fonts: fontLines(runTool("pdffonts", [file])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
