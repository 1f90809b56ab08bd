import { open, readFile } from "node:fs/promises";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { unwritable } from "@/lib/render/pdf/print-file";
import { type BookSource, type BookWatch, Undrawable, writeBook } from "@/lib/render/pdf/render-book";
import { settingsOf } from "@/lib/render/pdf/render-pdf";
import type { BookFileJob, BookOutcome, BookSheet } from "@/lib/render/pdf/view-model";

/**
 * Draws a workbook whose worksheets lie in files, and writes its PDF into a file: what is in memory of it is a stretch of
 * worksheets, and the pages that are not yet written.
 */
export async function printBook(job: BookFileJob, fonts: FontFiles, watch: BookWatch): Promise<BookOutcome> {
  try {
    return { kind: "written", pages: await print(job, fonts, watch) };
  } catch (error) {
    if (error instanceof Undrawable) return { kind: "undrawable", index: error.index, reason: error.message };
    return unwritable(error);
  }
}

async function print(job: BookFileJob, fonts: FontFiles, watch: BookWatch): Promise<number> {
  const file = await open(job.out, "wx", 0o600);
  try {
    // What has been taken is on the disk before more is drawn.
    const pages = await writeBook(
      job.frame,
      sheetsIn(job.stretches),
      settingsOf(job, fonts),
      (chunk) => file.writeFile(chunk),
      watch,
    );
    await file.sync();
    return pages;
  } finally {
    await file.close();
  }
}

/** The worksheets that lie in files, a stretch of them in memory at a time. @param paths in their order */
export function sheetsIn(paths: readonly string[]): BookSource {
  return async function* all(): AsyncGenerator<BookSheet> {
    for (const path of paths) yield* JSON.parse(await readFile(path, "utf8")) as BookSheet[];
  };
}
