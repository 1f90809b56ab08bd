import { err, ok, type Result } from "@/lib/domain/result";
import type { OscalJob, OscalOutcome } from "@/lib/render/oscal/engagement-oscal";
import { type ThreadFailure, type ThreadSettings, Threads } from "@/lib/render/thread";

/** Few at once: each prepares NIST's schema for itself, and goes through a whole engagement. */
const THREADS = new Threads("oscal-worker.mjs", 1, 8);

/** Writes a book as a document, and checks it, in a thread of its own: both take long for a large engagement. */
export async function writeOscalInWorker(
  job: OscalJob,
  settings: ThreadSettings = {},
): Promise<Result<OscalOutcome, ThreadFailure>> {
  const made = await THREADS.run(job, settings);
  return made.ok ? ok(made.value as OscalOutcome) : err(made.error);
}
