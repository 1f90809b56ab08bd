import { err, ok, type Result } from "@/lib/domain/result";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { type ThreadFailure, type ThreadSettings, Threads } from "@/lib/render/thread";

const THREADS = new Threads("pdf-worker.mjs", 2, 16);

/** Renders a PDF in a thread of its own. */
export async function renderPdfInWorker(
  job: PdfJob,
  settings: ThreadSettings = {},
): Promise<Result<Buffer, ThreadFailure>> {
  const made = await THREADS.run(job, settings);
  if (!made.ok) return err(made.error);
  const bytes = made.value as Uint8Array;
  return ok(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
