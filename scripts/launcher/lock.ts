import { readFileSync, rmSync } from "node:fs";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commandOf, isAlive } from "@/lib/db/embedded/processes";
import { OperatorError } from "@/lib/operator-error";

interface Holder {
  readonly pid: number;
  readonly url: string;
}

/**
 * Takes the data folder for this launcher, so that two never run on one database. A file left by a launcher that was
 * killed is recognised (its process is gone, or is no launcher) and replaced.
 * @returns gives the folder back
 * @throws OperatorError when another launcher has it
 */
export async function takeFolder(folder: string, url: string): Promise<() => void> {
  const path = join(folder, "launcher.json");
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ pid: process.pid, url } satisfies Holder), { mode: 0o600 });
  try {
    // A hard link either appears or fails: of two launchers at the same moment one wins.
    for (let attempt = 1; !(await isLinked(draft, path)); attempt += 1) {
      const holder = await readHolder(path);
      if (holder && isLauncher(holder.pid)) {
        throw new OperatorError(
          `Countervail runs already on this data folder, at ${holder.url} (process ${holder.pid}): stop it first, or name another folder in COUNTERVAIL_DATA.`,
        );
      }
      if (attempt === 5) throw new OperatorError(`${path} cannot be replaced: remove it, then start again.`);
      await rm(path, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
  return () => {
    if (parse(readFileSync(path, "utf8"))?.pid === process.pid) rmSync(path, { force: true });
  };
}

async function isLinked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  return parse(await readFile(path, "utf8").catch(() => ""));
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** Numbers of processes are used again, so the process has to be one of our scripts as well. */
function isLauncher(pid: number): boolean {
  return pid !== process.pid && isAlive(pid) && commandOf(pid).includes("run.mjs");
}
