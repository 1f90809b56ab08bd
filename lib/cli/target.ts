import { lstat, realpath, stat } from "node:fs/promises";
import { CliError } from "@/lib/cli/exit-codes";
import { hasCode } from "@/lib/durable";

/**
 * Where a path leads that is to be written: through links, so that a link stays one and what it leads to is written.
 * @throws CliError for what is no file, and for a link that leads nowhere
 */
export async function targetOf(path: string): Promise<string> {
  const isLink = await unlessAbsent(lstat(path).then((found) => found.isSymbolicLink()));
  if (isLink === null) return path;
  const target = isLink ? await leadsTo(path) : path;
  const found = await stat(target);
  if (found.isDirectory()) throw new CliError(`${path} is a folder. Give the name of a file.`);
  if (!found.isFile()) throw new CliError(`${path} is no file, so nothing can be written there.`);
  return target;
}

/** Whether anything has this name, a link included. */
export async function isThere(path: string): Promise<boolean> {
  return (await unlessAbsent(lstat(path))) !== null;
}

async function leadsTo(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT") && !hasCode(error, "ELOOP")) throw error;
    throw new CliError(`${path} is a link that leads nowhere. Remove the link, or make the file that it means.`);
  }
}

async function unlessAbsent<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
