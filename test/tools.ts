import { spawnSync } from "node:child_process";

/** Whether a system program can be started here. Tests that need one that is missing are skipped and named. */
export function toolAvailable(name: string): boolean {
  return spawnSync(name, ["--version"], { stdio: "ignore" }).error === undefined;
}

/**
 * Runs a system program and gives what it printed.
 * @throws when it ends with a status other than 0, with what it complained of
 */
export function runTool(name: string, args: readonly string[]): string {
  const done = spawnSync(name, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${name} ended with status ${done.status}: ${done.stderr || done.stdout}`);
  return done.stdout;
}
