import { Failure } from "@/lib/contracts/failure";
import { renderPdfInWorker } from "@/lib/render/pdf/render-in-worker";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import type { ThreadFailure } from "@/lib/render/thread";

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

/**
 * Renders in the worker.
 * @throws Failure unavailable when too many ask at once or it takes too long, too_large when it does not fit in memory
 */
export async function makePdf({ job, name }: PreparedPdf, signal: AbortSignal): Promise<PdfFile> {
  const made = await renderPdfInWorker(job, { signal });
  if (!made.ok) throw failureOf(made.error);
  return { name, bytes: made.value };
}

/**
 * As {@link makePdf}, for a job that nobody waits for at a connection: what took too long once takes too long again.
 * @throws Failure too_large; unavailable when the signal fired
 */
export async function makePdfOfJob(prepared: PreparedPdf, signal: AbortSignal): Promise<PdfFile> {
  try {
    return await makePdf(prepared, signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "unavailable" || signal.aborted) throw error;
    throw new Failure("too_large", error.message);
  }
}

/** A part of a file name: letters and digits of ASCII, everything else as single hyphens. */
export function fileNamePart(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{Mark}/gu, "");
  return plain
    .replace(/[^A-Za-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
}

function failureOf(failure: ThreadFailure): Error {
  switch (failure.kind) {
    case "busy":
      return new Failure("unavailable", "Many PDFs are being made right now. Please try again in a moment.", {
        retryAfter: 5,
      });
    case "timeout":
      return new Failure("unavailable", `The PDF was not ready within ${failure.seconds} seconds.`, { retryAfter: 30 });
    case "memory":
      return new Failure("too_large", "This is too much for one PDF. Export the worksheets one by one.");
    case "cancelled":
      return new Failure("unavailable", "The export was given up.", { retryAfter: 1 });
    case "not_built":
      return new Error(`The PDF worker is missing: ${failure.path}`);
    case "failed":
      return new Error(`The PDF could not be made: ${failure.message}`);
  }
}
