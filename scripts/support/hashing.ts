import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { ROOT } from "./run-program";

/** All files at or under a path, relative to the root, sorted; empty when there is nothing. */
export async function filesUnder(path: string): Promise<string[]> {
  const absolute = join(ROOT, path);
  const info = await stat(absolute).catch(() => undefined);
  if (!info) return [];
  if (info.isFile()) return [path];
  const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

/** SHA-256 (hexadecimal) over names and contents of files, and over some words beside them. */
export async function hashFiles(paths: readonly string[], ...words: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word}\0`);
  for (const path of paths) {
    const content = await readFile(join(ROOT, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
