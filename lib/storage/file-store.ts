import { chmod, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addAbortSignal } from "node:stream";
import { syncFolder } from "@/lib/durable";
import { type BlobStore, isBlobKey, type OpenBlob, type StoredObject } from "@/lib/storage/blob-store";
import { readStored, stored } from "@/lib/storage/storage-failure";

/**
 * A store in a folder. A draft moves in under its key in one step and is on the disk before `put` returns, so a crash
 * leaves nothing but a draft. Stored files can only be read. Drafts have to lie on the same file system.
 */
export function fileStore(root: string): BlobStore {
  const pathOf = (key: string) => {
    if (!isBlobKey(key)) throw new RangeError(`"${key}" is no key of a blob.`);
    return join(root, key);
  };
  const has = async (key: string) => {
    const found = stat(pathOf(key)).then((there) => there.isFile(), absentOrThrow(false));
    return readStored(found);
  };
  return {
    has,
    put: async (key, draft, { replace = false } = {}) => {
      const path = pathOf(key);
      if (!replace && (await has(key))) {
        await rm(draft.path, { force: true });
        return;
      }
      await stored(mkdir(dirname(path), { recursive: true, mode: 0o700 }));
      await stored(chmod(draft.path, 0o400));
      await stored(rename(draft.path, path));
      for (const folder of [dirname(path), dirname(dirname(path)), root]) await stored(syncFolder(folder));
    },
    open: async (key, signal) => openFile(pathOf(key), signal),
    list: () => listFolder(root),
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

/** Opens a file for reading; null when there is none. @param signal ends its readings */
export async function openFile(path: string, signal?: AbortSignal): Promise<OpenBlob | null> {
  const file = await readStored(open(path, "r").catch(absentOrThrow(null)));
  if (!file) return null;
  const { size } = await readStored(file.stat());
  return {
    size,
    read: async () => {
      const read = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 });
      return signal ? addAbortSignal(signal, read) : read;
    },
    close: () => file.close(),
  };
}

async function* listFolder(root: string): AsyncIterable<StoredObject> {
  const names = (folder: string) => readdir(folder).catch(absentOrThrow<string[]>([]));
  for (const organisation of await names(root)) {
    for (const pair of await names(join(root, organisation)).catch(() => [])) {
      for (const name of await names(join(root, organisation, pair)).catch(() => [])) {
        const key = `${organisation}/${pair}/${name}`;
        const found = isBlobKey(key) ? await stat(join(root, key)).catch(absentOrThrow(null)) : null;
        if (found?.isFile()) yield { key, size: found.size, at: found.mtime };
      }
    }
  }
}

/** For what is not there, something else. */
export function absentOrThrow<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return instead;
    throw error;
  };
}
