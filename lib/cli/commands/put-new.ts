import { link, lstat, open, rename, rm } from "node:fs/promises";
import { hasCode } from "@/lib/durable";

/** The two ways in which a finished file gets its name. */
interface Naming {
  readonly link: (draft: string, target: string) => Promise<void>;
  readonly rename: (draft: string, target: string) => Promise<void>;
}

/**
 * Gives a finished draft a name that nothing has. Whatever refuses it, the draft is left, and nothing of ours has the name.
 * @param naming by what: the system's own calls
 * @returns false when something has that name by now, which is left alone
 */
export async function putNew(draft: string, target: string, naming: Naming = { link, rename }): Promise<boolean> {
  try {
    // A hard link either appears or fails, whoever makes a file of that name at the same moment.
    await naming.link(draft, target);
    await rm(draft, { force: true });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    // Systems say many things of disks that know no hard links, or where none may be made. What else is amiss shows below.
  }
  const placeholder = await take(target);
  if (placeholder === null) return false;
  try {
    await naming.rename(draft, target);
    return true;
  } catch (error) {
    await release(target, placeholder);
    throw error;
  }
}

/** Takes a name by an empty file, which is to be replaced. @returns the file's number on its disk; null when the name is taken */
async function take(target: string): Promise<bigint | null> {
  try {
    const file = await open(target, "wx", 0o600);
    try {
      return (await file.stat({ bigint: true })).ino;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, "EEXIST")) return null;
    throw error;
  }
}

/** Gives a name back, unless somebody has put something there since. */
async function release(target: string, placeholder: bigint): Promise<void> {
  const found = await lstat(target, { bigint: true }).catch(() => null);
  if (found?.ino === placeholder && found.size === 0n) await rm(target, { force: true });
}
