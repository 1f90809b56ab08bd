import { type ChildProcess, spawn } from "node:child_process";
import { ROOT } from "../../scripts/support/run-program";

/** A worker that runs as a process of its own, as the launcher starts it. */
export interface WorkerProcess {
  /** Ends it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, and waits. @returns its exit status */
  stop(): Promise<number | null>;
  readonly pid: number;
  /** What it wrote so far. */
  words(): string;
}

/** Starts one. @param settings environment variables */
export function startWorkerProcess(settings: Readonly<Record<string, string>>): WorkerProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const child: ChildProcess = spawn(process.execPath, ["scripts/run.mjs", "worker"], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, NODE_ENV: "production", COUNTERVAIL_LOG: "error", COUNTERVAIL_DEMO: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      words += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    stop: async () => {
      child.kill("SIGTERM");
      return ended;
    },
    pid: child.pid ?? 0,
    words: () => words,
  };
}
