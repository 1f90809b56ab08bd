import { readFileSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { commandOf, isAlive } from "@/lib/db/embedded/processes";
import { OperatorError } from "@/lib/operator-error";
import { createDurably, readIfThere } from "./durable";

/** Folders that this process holds. */
const held = new Set<string>();

/**
 * Takes the signer's folder, so that two never sign from one. A file that a killed signer left is recognised (its process
 * is gone, or is another program) and replaced.
 * @returns gives the folder back
 * @throws OperatorError when another signer has it
 */
export async function takeSignerFolder(folder: string): Promise<() => void> {
  const key = resolve(folder);
  const path = join(key, "lock");
  for (let attempt = 1; ; attempt += 1) {
    if (held.has(key)) throw taken(key, process.pid);
    if (await createDurably(path, `${process.pid}\n`)) break;
    const pid = Number((await readIfThere(path)) ?? 0);
    if (pid !== process.pid && isSigner(pid)) throw taken(key, pid);
    if (attempt === 5) throw new OperatorError(`${path} cannot be replaced: remove it, then start again.`);
    await rm(path, { force: true });
  }
  held.add(key);
  return () => {
    held.delete(key);
    if (Number(readFileSync(path, "utf8")) === process.pid) rmSync(path, { force: true });
  };
}

function taken(folder: string, pid: number): OperatorError {
  return new OperatorError(`Another signer (process ${pid}) has the folder ${folder}: stop it first.`);
}

/** Numbers of processes are used again, so the process has to be one that can be a signer as well. */
function isSigner(pid: number): boolean {
  return pid > 0 && isAlive(pid) && /\bsigner\b/.test(commandOf(pid));
}
