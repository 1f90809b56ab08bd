import { err, ok, type Result } from "@/lib/domain/result";
import type { LogoJob, LogoOutcome } from "@/lib/render/picture/logo-file";
import { type ThreadFailure, Threads } from "@/lib/render/thread";

const THREADS = new Threads("picture-worker.mjs", 1, 8);

/** Looks a logo's file through in a thread of its own: a second of it would keep everybody else waiting. */
export async function makeLogoInWorker(job: LogoJob): Promise<Result<LogoOutcome, ThreadFailure>> {
  const made = await THREADS.run(job, { heapMb: 256 });
  return made.ok ? ok(made.value as LogoOutcome) : err(made.error);
}
