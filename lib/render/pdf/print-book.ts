import { readFile } from "node:fs/promises";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import type { ByteSink } from "@/lib/render/pdf/ordered-output";
import { intoFile } from "@/lib/render/pdf/print-file";
import { type BookSource, type BookWatch, writeBook } from "@/lib/render/pdf/render-book";
import { settingsOf } from "@/lib/render/pdf/render-pdf";
import { undrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { BookFileJob, BookOutcome, BookSheet } from "@/lib/render/pdf/view-model";

/**
 * Draws a workbook whose worksheets lie in files, and writes its PDF into a file: what is in memory of it is a stretch of
 * worksheets, and the pages that are not yet written.
 */
export function printBook(job: BookFileJob, fonts: FontFiles, watch: BookWatch): Promise<BookOutcome> {
  const { frame, stretches, out } = job;
  const print = async (sink: ByteSink) => {
    const pages = await writeBook(frame, sheetsIn(stretches), settingsOf(job, fonts), sink, watch);
    return { kind: "written", pages } as const;
  };
  return intoFile(out, print, { forced: true }).catch(undrawableOutcome);
}

/** The worksheets that lie in files, a stretch of them in memory at a time. @param paths in their order */
export function sheetsIn(paths: readonly string[]): BookSource {
  return async function* all(): AsyncGenerator<BookSheet> {
    for (const path of paths) yield* JSON.parse(await readFile(path, "utf8")) as BookSheet[];
  };
}
