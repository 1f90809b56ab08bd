import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { err, ok, type Result } from "@/lib/domain/result";

/** Why there is no outcome. `busy` passes by itself; the others come again with the same content. */
export type ThreadFailure =
  | { readonly kind: "busy" }
  | { readonly kind: "timeout"; readonly seconds: number }
  | { readonly kind: "memory" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "not_built"; readonly path: string }
  /** The code is the one of the error, where it has one: by it is told what passes by itself. */
  | { readonly kind: "failed"; readonly message: string; readonly code?: string };

/** Limits of a job; the defaults fit the largest workbooks. */
export interface ThreadSettings {
  /** The bundled program; the one that the build makes when absent. */
  readonly path?: string;
  readonly timeoutMs?: number;
  /** The thread's heap, in MB. */
  readonly heapMb?: number;
  /** Gives up when the person does. */
  readonly signal?: AbortSignal;
  /** Is told how far it has come, by a program that tells; the time allowed then begins anew. */
  readonly onProgress?: (progress: unknown) => void;
}

/** A message of a program that is not its outcome, but how far it has come. */
export interface ThreadProgress {
  readonly progress: unknown;
}

/** Nearly all that a rendering makes is soon let go: with room for it less has to be moved. In MB; only long ones use it. */
const YOUNG_MB = 192;

/**
 * Jobs of one kind, each in a thread of its own, so that requests go on meanwhile and a hostile worksheet can cost neither
 * the server's memory nor more than the time allowed.
 */
export class Threads {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /**
   * @param bundle the program as the build names it
   * @param atOnce how many jobs run at the same time; further ones wait
   * @param longestQueue beyond it they are turned away
   */
  constructor(
    readonly bundle: string,
    readonly atOnce: number,
    readonly longestQueue: number,
  ) {}

  /** Runs a job. @returns the first message that the program posts, but for those that tell how far it has come */
  async run(job: unknown, settings: ThreadSettings = {}): Promise<Result<unknown, ThreadFailure>> {
    const path = settings.path ?? builtPath(this.bundle);
    if (!existsSync(path)) return err({ kind: "not_built", path });
    if (!(await this.#takeTurn())) return err({ kind: "busy" });
    try {
      if (settings.signal?.aborted) return err({ kind: "cancelled" });
      return await runThread(job, path, settings);
    } finally {
      this.#endTurn();
    }
  }

  async #takeTurn(): Promise<boolean> {
    if (this.#running < this.atOnce) {
      this.#running += 1;
      return true;
    }
    if (this.#waiting.length >= this.longestQueue) return false;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return true;
  }

  /** Hands the turn to the next in the queue, so that nobody slips in between. */
  #endTurn(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}

/** A program as the build writes it. A path at run time, so that Next does not try to bundle it. */
function builtPath(bundle: string): string {
  return join(/* turbopackIgnore: true */ process.cwd(), "dist", bundle);
}

function runThread(job: unknown, path: string, settings: ThreadSettings): Promise<Result<unknown, ThreadFailure>> {
  const { timeoutMs = 30_000, heapMb = 512, signal, onProgress } = settings;
  return new Promise((resolve) => {
    // No environment and no inherited flags: it needs no secrets and no loaders.
    const worker = new Worker(path, {
      workerData: job,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const settle = (result: Result<unknown, ThreadFailure>) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      resolve(result);
      void worker.terminate();
    };
    const cancel = () => settle(err({ kind: "cancelled" }));
    const timer = setTimeout(() => settle(err({ kind: "timeout", seconds: timeoutMs / 1000 })), timeoutMs);
    signal?.addEventListener("abort", cancel, { once: true });
    worker.on("message", (message: unknown) => {
      if (!isProgress(message)) return settle(ok(message));
      timer.refresh();
      onProgress?.(message.progress);
    });
    worker.once("error", (error: Error & { code?: string }) => {
      settle(
        err(
          error.code === "ERR_WORKER_OUT_OF_MEMORY"
            ? { kind: "memory" }
            : { kind: "failed", message: error.message, code: error.code },
        ),
      );
    });
    worker.once("exit", (code) => settle(err({ kind: "failed", message: `The thread ended with status ${code}.` })));
  });
}

function isProgress(message: unknown): message is ThreadProgress {
  return typeof message === "object" && message !== null && "progress" in message;
}
