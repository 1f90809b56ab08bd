import { parentPort, workerData } from "node:worker_threads";
import { type LogoJob, type LogoOutcome, makeLogoFile } from "@/lib/render/picture/logo-file";

// Runs in a worker thread: one job, one answer. An exception ends the thread and reaches the caller as its error.
const { file, mostBytes } = workerData as LogoJob;
parentPort?.postMessage(outcome());

function outcome(): LogoOutcome {
  try {
    return { kind: "made", logo: makeLogoFile(Buffer.from(file), mostBytes) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: "refused", reason: error.message };
    throw error;
  }
}
