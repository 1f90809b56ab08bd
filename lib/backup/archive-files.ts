import { createReadStream } from "node:fs";
import { lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";
import type { ListedFile } from "./format";
import { type FolderWriter, writeHashed } from "./write-folder";

/** Where archived events are, beside the database that names them. */
export const ARCHIVE = "archive";

/** Copies the files of archived events, which like evidence are there before a row names them and never change. */
export async function copyArchive(folder: string, writer: FolderWriter, within = ""): Promise<void> {
  for (const name of (await readdir(join(folder, within)).catch(() => [])).sort()) {
    const path = within === "" ? name : `${within}/${name}`;
    const found = await lstat(join(folder, path));
    if (found.isDirectory()) await copyArchive(folder, writer, path);
    // What is being written has a name of its own until it is whole.
    else if (/^[A-Za-z0-9._-]+\.(json|jsonl)$/.test(name)) {
      await writer.add(`${ARCHIVE}/${path}`, createReadStream(join(folder, path)));
    }
  }
}

/** Puts the files of archived events back; one that is there stays. @throws OperatorError when one changed on the way */
export async function putArchive(folder: string, files: readonly ListedFile[], archiveFolder: string): Promise<void> {
  for (const { path, sha256 } of files) {
    if (!path.startsWith(`${ARCHIVE}/`)) continue;
    const place = join(archiveFolder, path.slice(ARCHIVE.length + 1));
    if (await lstat(place).catch(() => null)) continue;
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    // Aside first: what an interruption leaves is no segment.
    const draft = `${place}.restored`;
    await rm(draft, { force: true });
    const copied = await writeHashed(draft, createReadStream(join(folder, path)));
    if (copied.sha256 !== sha256) {
      await rm(draft, { force: true });
      throw new OperatorError(`The part ${path} changed while it was read.`);
    }
    await rename(draft, place);
    await syncFolder(dirname(place));
  }
}
