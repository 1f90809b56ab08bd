import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere, writeDurably } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";

/** Says in the data folder that a restore has begun and not ended. */
const fileIn = (dataFolder: string) => join(dataFolder, "restoring.txt");

/**
 * Begins a restore, or goes on with one of the same backup.
 * @param digest SHA-256 of the backup's manifest
 * @returns whether it is a new one
 * @throws OperatorError when another one was begun here
 */
export async function beginRestore(dataFolder: string, digest: string): Promise<boolean> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const begun = await readIfThere(fileIn(dataFolder));
  if (begun !== null && begun.trim() !== digest) {
    throw new OperatorError(
      `The restore of another backup into ${dataFolder} was interrupted: restore that one again, or name another folder.`,
    );
  }
  await writeDurably(fileIn(dataFolder), `${digest}\n`);
  return begun === null;
}

/** Everything is in place. */
export async function endRestore(dataFolder: string): Promise<void> {
  await rm(fileIn(dataFolder), { force: true });
}

/** Refuses data that are only partly there. @throws OperatorError when a restore into the folder was interrupted */
export async function requireWholeData(dataFolder: string): Promise<void> {
  if ((await readIfThere(fileIn(dataFolder))) === null) return;
  throw new OperatorError(
    `A restore into ${dataFolder} was interrupted: run countervail restore again with the same backup, or name another folder.`,
  );
}
