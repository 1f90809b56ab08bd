import { parentPort, workerData } from "node:worker_threads";
import { type OscalJob, oscalOutcome } from "@/lib/render/oscal/engagement-oscal";

// Runs in a worker thread: one job, one answer. An exception ends the thread and reaches the caller as its error.
parentPort?.postMessage(oscalOutcome(workerData as OscalJob));
