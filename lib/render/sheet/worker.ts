import { parentPort, workerData } from "node:worker_threads";
import { type SheetJob, writeSheet } from "@/lib/render/sheet/sheet-file";

// Runs in a worker thread: one job, one answer. An exception ends the thread and reaches the caller as its error.
parentPort?.postMessage(await writeSheet(workerData as SheetJob));
