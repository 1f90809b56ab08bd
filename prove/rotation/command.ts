import { type ChildProcess, spawn } from "node:child_process";
import { ROOT } from "../../scripts/support/run-program";
import type { App } from "../support/app";

/** A rotation that runs as a process of its own. */
export interface RunningCommand {
  /** Ends it with SIGKILL, if it has not ended. */
  kill(): void;
  readonly ended: Promise<{ readonly status: number | null; readonly output: string }>;
}

/** `npm run keys:rotate`, as the operator of that app would run it; with `--secrets` for the proof's own table too. */
export function startRotation(app: App, flags: readonly string[]): RunningCommand {
  const [first = "", ...rest] = flags;
  const script =
    first === "--secrets" ? ["prove/rotation/reseal.mjs", ...rest] : ["scripts/run.mjs", "keys-rotate", ...flags];
  const { PATH, HOME, TMPDIR } = process.env;
  const child: ChildProcess = spawn(process.execPath, script, {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, COUNTERVAIL_DATA: app.dataFolder, COUNTERVAIL_LOG: "error", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<{ status: number | null; output: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, output: output.trim() })),
  );
  return { kill: () => void child.kill("SIGKILL"), ended };
}
