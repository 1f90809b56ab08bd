import { parentPort, workerData } from "node:worker_threads";
import { type OscalJob, oscalOutcome } from "@/lib/render/oscal/engagement-oscal";
import { type ReadJob, readOutcome } from "@/lib/render/oscal/read-job";

// Runs in a worker thread: one job, one answer. An exception ends the thread and reaches the caller as its error.
const job = workerData as OscalJob | ReadJob;
parentPort?.postMessage("read" in job ? readOutcome(job) : oscalOutcome(job));
