import { readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { OperatorError } from "@/lib/operator-error";
import { commandOf, isAlive, waitUntilGone } from "./processes";

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
  if (pid > 0 && isAlive(pid) && (await worksIn(pid, cluster))) {
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

/** Whether a process is a PostgreSQL on that cluster: it works inside the folder, or its command names it. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return workingFolder === undefined ? commandOf(pid).includes(cluster) : workingFolder === cluster;
}
