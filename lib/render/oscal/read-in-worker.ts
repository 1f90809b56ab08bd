import { err, ok, type Result } from "@/lib/domain/result";
import type { ReadOutcome } from "@/lib/render/oscal/read-job";
import { type ThreadFailure, type ThreadSettings, Threads } from "@/lib/render/thread";

/** Files of others are read apart from those that are written, so that neither keeps the other waiting. */
const THREADS = new Threads("oscal-worker.mjs", 1, 8);

/** Reads a file as a plan that Countervail wrote, in a thread of its own: it may be large, or made to be slow. */
export async function readPlanInWorker(
  text: string,
  settings: ThreadSettings = {},
): Promise<Result<ReadOutcome, ThreadFailure>> {
  const made = await THREADS.run({ read: text }, settings);
  return made.ok ? ok(made.value as ReadOutcome) : err(made.error);
}
