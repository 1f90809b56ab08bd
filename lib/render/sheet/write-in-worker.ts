import { err, ok, type Result } from "@/lib/domain/result";
import type { SheetJob } from "@/lib/render/sheet/sheet-file";
import { type ThreadFailure, type ThreadSettings, Threads } from "@/lib/render/thread";

/** Few at once: each holds a whole table. */
const THREADS = new Threads("sheet-worker.mjs", 1, 8);

/** Writes a sheet as a file in a thread of its own: one of many worksheets takes a while. */
export async function writeSheetInWorker(
  job: SheetJob,
  settings: ThreadSettings = {},
): Promise<Result<Buffer, ThreadFailure>> {
  const made = await THREADS.run(job, settings);
  return made.ok ? ok(Buffer.from(made.value as Uint8Array)) : err(made.error);
}
