import { Unwritable } from "@/lib/durable";
import { renderPdfInWorker, writePdfInWorker } from "@/lib/render/pdf/render-in-worker";
import type { UndrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import type { ThreadFailure, ThreadSettings } from "@/lib/render/thread";
import { type ThreadWords, threadFailure } from "@/lib/services/export/thread-failure";
import { cannotBeDrawn, worksheetWords } from "@/lib/services/export/worksheet-failure";

/** A finished PDF. The name is plain ASCII, so that it can stand in a header as it is. */
export interface PdfFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What is to be rendered, with all that its reader may see and nothing else, and the name of the file. */
export interface PreparedPdf {
  readonly job: PdfJob;
  readonly name: string;
}

/** In milliseconds. Many times what it does take on a machine with nothing else to do. */
const LEAST_TIME = 30_000;
const TIME_PER_WORKSHEET = 100;

/**
 * Renders in the worker. What takes longer than {@link timeAllowed} may be ready in time when it is tried again: the
 * machine had other things to do. So a job waits and tries again, as for everything that is away.
 * @throws Failure unavailable when too many ask at once or it takes too long, too_large when it does not fit in memory,
 * wrong_state by the name of a worksheet that cannot be drawn
 */
export async function makePdf(
  { job, name }: PreparedPdf,
  signal: AbortSignal,
  settings: Omit<ThreadSettings, "signal"> = {},
): Promise<PdfFile> {
  const made = await renderPdfInWorker(job, { timeoutMs: timeAllowed(job), ...settings, signal });
  if (!made.ok) throw pdfFailure(made.error, job);
  return { name, bytes: made.value };
}

/**
 * As {@link makePdf}, into a file, which is whole at the end but not yet forced onto the disk. @param path where nothing
 * may be yet @throws as `makePdf`; Unwritable
 */
export async function writePdf(job: PdfJob, path: string, signal: AbortSignal): Promise<void> {
  const made = await writePdfInWorker({ kind: "file", job, out: path }, { timeoutMs: timeAllowed(job), signal });
  if (!made.ok) throw pdfFailure(made.error, job);
  if (made.value.kind === "unwritable") throw new Unwritable(made.value.trouble, made.value.message);
  if (made.value.kind === "undrawable") throw pdfFailure(made.value, job);
}

/** Of many documents it has to be said which one it was. */
function pdfFailure(failure: ThreadFailure | UndrawableOutcome, job: PdfJob): Error {
  if (failure.kind !== "undrawable") {
    return threadFailure(failure, PDF_WORDS, job.kind === "worksheet" ? worksheetWords(job.model) : "");
  }
  const reason = Object.assign(new Error(failure.reason), { stack: failure.stack });
  const model = job.kind === "worksheet" ? job.model : job.model.worksheets[failure.index];
  return model ? cannotBeDrawn(model, reason) : reason;
}

/** How long a rendering may take, in milliseconds: it grows with the number of worksheets. */
export function timeAllowed(job: PdfJob): number {
  return LEAST_TIME + (job.kind === "workbook" ? job.model.worksheets.length * TIME_PER_WORKSHEET : 0);
}

/** A part of a file name: letters and digits of ASCII, everything else as single hyphens. */
export function fileNamePart(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{Mark}/gu, "");
  return plain
    .replace(/[^A-Za-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
}

/** What is said of a thread that made no PDF. */
export const PDF_WORDS: ThreadWords = {
  busy: "Many PDFs are being made right now. Please try again in a moment.",
  late: (seconds) =>
    `The PDF was not ready within ${seconds} seconds. Please try again when the server has less to do.`,
  tooMuch: "This is too much for one PDF. Export the worksheets one by one.",
  givenUp: "The export was given up.",
  program: "The PDF worker",
  undone: "The PDF could not be made",
};
