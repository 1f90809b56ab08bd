import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "@playwright/test";
import { toolAvailable } from "@/test/tools";

/** Skips a test that reads PDFs where poppler is missing; the run counts and names it. */
export function needPdfText(): void {
  test.info().skip(!toolAvailable("pdftotext"), "needs pdftotext, of poppler-utils");
}

/** The text of a PDF in reading order, by poppler's pdftotext. */
export function textOfPdf(bytes: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "countervail-pdf-"));
  try {
    const file = join(folder, "file.pdf");
    writeFileSync(file, bytes);
    return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
