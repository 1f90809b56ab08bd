import type { Clock } from "@/lib/clock";
import { type FileKey, type KekFile, newFileKey, readKekFile, replaceKekFile } from "@/lib/secrets/kek-file";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";

/**
 * The life of key-encryption keys in their file: *next* (added, wraps nothing yet), *active*, *former* (still wraps what
 * was not moved), *retired* (kept for backups), and gone. Each step is one replacement of the file, so that a rotation
 * goes on where it was interrupted. Whoever uses it makes sure to be alone.
 */
export interface KekStore {
  /** Adds the next key, unless a rotation was left unfinished. @returns whether one was added */
  addNext(): Promise<boolean>;
  /** The key that is to become active; null when there is none. */
  nextId(): Promise<string | null>;
  /** Makes the next key the active one. */
  activateNext(): Promise<void>;
  /** Retires former keys but those still in use. */
  retireFormer(inUse: ReadonlySet<string>): Promise<void>;
  /** Keys that were retired before that moment. */
  retiredBefore(before: Date): Promise<string[]>;
  /** Removes retired keys for good. */
  remove(ids: readonly string[]): Promise<void>;
}

/** The keys of a file. */
export function kekStore(path: string, clock: Clock): KekStore {
  const read = async () => {
    const file = await readKekFile(path);
    if (file) return file;
    throw new KekUnavailable(`There are no key-encryption keys in ${path}: restore the file from its backup.`);
  };
  const change = async (edit: (keys: readonly FileKey[]) => readonly FileKey[]) => {
    const file = await read();
    await replaceKekFile(path, { ...file, keys: [...edit(file.keys)] });
  };
  return {
    addNext: async () => {
      const file = await read();
      if (formerKeys(file).length > 0 || nextKey(file)) return false;
      await replaceKekFile(path, { ...file, keys: [...file.keys, newFileKey(clock())] });
      return true;
    },
    nextId: async () => nextKey(await read())?.id ?? null,
    activateNext: async () => {
      const file = await read();
      const next = nextKey(file);
      if (next) await replaceKekFile(path, { ...file, active: next.id });
    },
    retireFormer: async (inUse) => {
      const left = formerKeys(await read()).filter(({ id }) => !inUse.has(id));
      const retiredAt = clock().toISOString();
      await change((keys) => keys.map((key) => (left.some(({ id }) => id === key.id) ? { ...key, retiredAt } : key)));
    },
    retiredBefore: async (before) => {
      const { keys } = await read();
      return keys.filter(({ retiredAt }) => retiredAt && new Date(retiredAt) < before).map(({ id }) => id);
    },
    remove: (ids) => change((keys) => keys.filter(({ id, retiredAt }) => !(retiredAt && ids.includes(id)))),
  };
}

/** Keys come in the order in which they were made: what stands before the active one was active once. */
function formerKeys({ active, keys }: KekFile): FileKey[] {
  return keys.slice(0, place(active, keys)).filter(({ retiredAt }) => !retiredAt);
}

function nextKey({ active, keys }: KekFile): FileKey | undefined {
  return keys[place(active, keys) + 1];
}

function place(active: string, keys: readonly FileKey[]): number {
  return keys.findIndex(({ id }) => id === active);
}
