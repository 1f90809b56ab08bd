import { readFileSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { commandOf, isAlive } from "@/lib/db/embedded/processes";
import { createDurably, readIfThere } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";

/** Locks that this process holds. */
const held = new Set<string>();

/** Who may hold a lock. */
export interface LockHolders {
  /** Numbers of processes are used again, so the command of the one named has to be one that can hold the lock. */
  readonly holder: RegExp;
  /** What to say when somebody else has it. */
  readonly taken: (pid: number, folder: string) => string;
}

/** Takes the signer's folder, so that two never sign from one; see {@link takeLock}. */
export function takeSignerFolder(folder: string): Promise<() => void> {
  return takeLock(folder, "lock", {
    holder: /\bsigner\b/,
    taken: (pid, key) => `Another signer (process ${pid}) has the folder ${key}: stop it first.`,
  });
}

/**
 * Takes a lock, a file in a folder. One that a killed process left is recognised (the process is gone, or is another
 * program) and replaced.
 * @returns gives the lock back
 * @throws OperatorError when another process has it, or this one in another place
 */
export async function takeLock(folder: string, name: string, { holder, taken }: LockHolders): Promise<() => void> {
  const key = resolve(folder);
  const path = join(key, name);
  const isHolder = (pid: number) => pid > 0 && isAlive(pid) && holder.test(commandOf(pid));
  for (let attempt = 1; ; attempt += 1) {
    if (held.has(path)) throw new OperatorError(taken(process.pid, key));
    held.add(path);
    try {
      if (await createDurably(path, `${process.pid}\n`)) break;
      const pid = Number((await readIfThere(path)) ?? 0);
      if (pid !== process.pid && isHolder(pid)) throw new OperatorError(taken(pid, key));
      if (attempt === 5) throw new OperatorError(`${path} cannot be replaced: remove it, then start again.`);
      await rm(path, { force: true });
    } catch (error) {
      held.delete(path);
      throw error;
    }
    held.delete(path);
  }
  return () => {
    held.delete(path);
    if (Number(readFileSync(path, "utf8")) === process.pid) rmSync(path, { force: true });
  };
}
