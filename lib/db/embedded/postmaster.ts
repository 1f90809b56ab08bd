import { execFileSync } from "node:child_process";
import { readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { OperatorError } from "@/lib/operator-error";

/** Whether a process with that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Waits until a process is gone. Resolves to whether it went within the time. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await pause(50);
  }
  return true;
}

/**
 * Clears up after a launcher that was killed: a server still running on this cluster is stopped in good order, and a
 * postmaster.pid that belongs to no server of ours is removed. The number in the file is trusted only when that process
 * really works in this folder, since numbers are used again.
 * @throws OperatorError when a server of this cluster does not stop
 */
export async function clearUp(cluster: string): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => undefined);
  const pid = Number.parseInt(text?.split("\n")[0] ?? "", 10);
  if (!(pid > 0)) {
    await rm(file, { force: true });
    return;
  }
  if (isAlive(pid) && (await worksIn(pid, cluster))) {
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
    process.kill(pid, "SIGINT");
    if (!(await waitUntilGone(pid, 30_000))) {
      throw new OperatorError(
        `A PostgreSQL of an earlier start (process ${pid}) uses ${cluster} and does not stop: end it, then start again.`,
      );
    }
  }
  await rm(file, { force: true });
}

/** Whether a process is a PostgreSQL on that cluster: its command names the folder, or it works inside it. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingFolder !== undefined) return workingFolder === cluster;
  const fromProc = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return (fromProc?.replaceAll("\0", " ") ?? commandByPs(pid)).includes(cluster);
}

/** The command line as ps shows it (macOS has no /proc); empty when ps cannot say. */
function commandByPs(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
