import { err, ok, type Result } from "@/lib/domain/result";
import type { UndrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { BookFileJob, BookOutcome, BookProgress, FileJob, FileOutcome, PdfJob } from "@/lib/render/pdf/view-model";
import { type ThreadFailure, type ThreadSettings, Threads } from "@/lib/render/thread";

const THREADS = new Threads("pdf-worker.mjs", 2, 16);

/** Renders a PDF in a thread of its own. */
export async function renderPdfInWorker(
  job: PdfJob,
  settings: ThreadSettings = {},
): Promise<Result<Buffer, ThreadFailure | UndrawableOutcome>> {
  const made = await THREADS.run(job, settings);
  if (!made.ok) return err(made.error);
  const bytes = made.value as Uint8Array | UndrawableOutcome;
  if ("kind" in bytes) return err(bytes);
  return ok(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** Renders a PDF into a file, in a thread of its own. */
export async function writePdfInWorker(
  job: FileJob,
  settings: ThreadSettings,
): Promise<Result<FileOutcome, ThreadFailure>> {
  const made = await THREADS.run(job, settings);
  return made.ok ? ok(made.value as FileOutcome) : err(made.error);
}

/** Writes the PDF of a workbook into a file, in a thread of its own, which also reads the worksheets. */
export async function printBookInWorker(
  job: BookFileJob,
  settings: Omit<ThreadSettings, "onProgress">,
  onProgress: (progress: BookProgress) => void,
): Promise<Result<BookOutcome, ThreadFailure>> {
  const made = await THREADS.run(job, { ...settings, onProgress: (told) => onProgress(told as BookProgress) });
  return made.ok ? ok(made.value as BookOutcome) : err(made.error);
}
