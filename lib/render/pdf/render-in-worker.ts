import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { err, ok, type Result } from "@/lib/domain/result";
import type { PdfJob } from "@/lib/render/pdf/view-model";

/** Why there is no PDF. `busy` passes by itself; the others come again with the same content. */
export type PdfFailure =
  | { readonly kind: "busy" }
  | { readonly kind: "timeout"; readonly seconds: number }
  | { readonly kind: "memory" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "not_built"; readonly path: string }
  | { readonly kind: "failed"; readonly message: string };

/** Limits of a rendering; the defaults fit the largest workbooks. */
export interface WorkerSettings {
  /** The bundled worker; the one that the build makes when absent. */
  readonly path?: string;
  readonly timeoutMs?: number;
  /** The thread's heap, in MB. */
  readonly heapMb?: number;
  /** Gives up when the person does. */
  readonly signal?: AbortSignal;
}

/** Renderings at the same time; further ones wait, and beyond the queue's length they are turned away. */
const AT_ONCE = 2;
const LONGEST_QUEUE = 16;
/** Nearly all that a rendering makes is soon let go: with room for it less has to be moved. In MB; only long ones use it. */
const YOUNG_MB = 192;
const waiting: (() => void)[] = [];
let running = 0;

/** The worker as the build writes it. A path at run time, so that Next does not try to bundle it. */
export function builtWorkerPath(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), "dist", "pdf-worker.mjs");
}

/**
 * Renders a PDF in a thread of its own, so that requests go on meanwhile and a hostile worksheet can cost neither the
 * server's memory nor more than the time allowed.
 */
export async function renderPdfInWorker(
  job: PdfJob,
  settings: WorkerSettings = {},
): Promise<Result<Buffer, PdfFailure>> {
  const path = settings.path ?? builtWorkerPath();
  if (!existsSync(path)) return err({ kind: "not_built", path });
  if (!(await takeTurn())) return err({ kind: "busy" });
  try {
    if (settings.signal?.aborted) return err({ kind: "cancelled" });
    return await runWorker(job, path, settings);
  } finally {
    endTurn();
  }
}

async function takeTurn(): Promise<boolean> {
  if (running < AT_ONCE) {
    running += 1;
    return true;
  }
  if (waiting.length >= LONGEST_QUEUE) return false;
  await new Promise<void>((resolve) => waiting.push(resolve));
  return true;
}

/** Hands the turn to the next in the queue, so that nobody slips in between. */
function endTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else running -= 1;
}

function runWorker(job: PdfJob, path: string, settings: WorkerSettings): Promise<Result<Buffer, PdfFailure>> {
  const { timeoutMs = 30_000, heapMb = 512, signal } = settings;
  return new Promise((resolve) => {
    // No environment and no inherited flags: the renderer needs no secrets and no loaders.
    const worker = new Worker(path, {
      workerData: job,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const settle = (result: Result<Buffer, PdfFailure>) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      resolve(result);
      void worker.terminate();
    };
    const cancel = () => settle(err({ kind: "cancelled" }));
    const timer = setTimeout(() => settle(err({ kind: "timeout", seconds: timeoutMs / 1000 })), timeoutMs);
    signal?.addEventListener("abort", cancel, { once: true });
    worker.once("message", (bytes: Uint8Array) =>
      settle(ok(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    );
    worker.once("error", (error: Error & { code?: string }) => {
      settle(
        err(
          error.code === "ERR_WORKER_OUT_OF_MEMORY" ? { kind: "memory" } : { kind: "failed", message: error.message },
        ),
      );
    });
    worker.once("exit", (code) => settle(err({ kind: "failed", message: `The renderer ended with status ${code}.` })));
  });
}
