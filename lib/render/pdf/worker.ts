import { parentPort, workerData } from "node:worker_threads";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { printBook } from "@/lib/render/pdf/print-book";
import { printFile } from "@/lib/render/pdf/print-file";
import { renderPdf } from "@/lib/render/pdf/render-pdf";
import { undrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { BookFileJob, FileJob, PdfJob } from "@/lib/render/pdf/view-model";

// Runs in a worker thread: one job, one answer. An exception ends the thread and reaches the caller as its error.
const job = workerData as PdfJob | BookFileJob | FileJob;
if (job.kind === "book") {
  parentPort?.postMessage(await printBook(job, readFontFiles(), (progress) => parentPort?.postMessage({ progress })));
} else if (job.kind === "file") {
  parentPort?.postMessage(await printFile(job, readFontFiles()));
} else {
  const made = await renderPdf(job, readFontFiles()).catch(undrawableOutcome);
  if (made instanceof Uint8Array) {
    const bytes = new Uint8Array(made);
    parentPort?.postMessage(bytes, [bytes.buffer]);
  } else parentPort?.postMessage(made);
}
