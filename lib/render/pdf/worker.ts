import { parentPort, workerData } from "node:worker_threads";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderPdf } from "@/lib/render/pdf/render-pdf";
import type { PdfJob } from "@/lib/render/pdf/view-model";

// Runs in a worker thread: one job, one answer. An exception ends the thread and reaches the caller as its error.
const bytes = new Uint8Array(await renderPdf(workerData as PdfJob, readFontFiles()));
parentPort?.postMessage(bytes, [bytes.buffer]);
