import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { hasCode, syncFolder } from "@/lib/durable";
import { KEY_BYTES } from "@/lib/secrets/cipher";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";

const keyShape = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** 32 random bytes. */
  key: z.base64url().refine((text) => Buffer.from(text, "base64url").length === KEY_BYTES),
  createdAt: z.iso.datetime(),
  /** Since when it wraps nothing any more; kept for backups that were made before. */
  retiredAt: z.iso.datetime().optional(),
});

const shape = z
  .object({ version: z.literal(1), active: z.string(), keys: z.array(keyShape).min(1) })
  .refine(({ active, keys }) => keys.some(({ id }) => id === active));

/** The content of a file of key-encryption keys: one wraps, all of them open. */
export type KekFile = z.infer<typeof shape>;

/** A key-encryption key as the file holds it. */
export type FileKey = KekFile["keys"][number];

/**
 * Reads the file of key-encryption keys; null when there is none.
 * @throws KekUnavailable when it cannot be read, is damaged, or others may read it
 */
export async function readKekFile(path: string): Promise<KekFile | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return null;
    throw new KekUnavailable(`The key-encryption keys in ${path} cannot be read: correct the file's owner.`);
  });
  if (text === null) return null;
  // Windows keeps rights elsewhere.
  if (process.platform !== "win32" && ((await stat(path)).mode & 0o077) !== 0) {
    throw new KekUnavailable(
      `The key-encryption keys in ${path} may be read by others: chmod 600 the file (and change the keys: npm run keys:rotate).`,
    );
  }
  const parsed = shape.safeParse(orUndefined(text));
  if (!parsed.success) {
    throw new KekUnavailable(`The key-encryption keys in ${path} are damaged: restore the file from its backup.`);
  }
  return parsed.data;
}

/** Makes the file with one fresh key unless it is there. @returns whether it was made @throws KekUnavailable */
export async function makeKekFile(path: string, now: Date): Promise<boolean> {
  const key = newFileKey(now);
  return write(path, { version: 1, active: key.id, keys: [key] }, async (draft) => {
    try {
      // A hard link either appears or fails: of two makers at the same moment one wins.
      await link(draft, path);
      return true;
    } catch (error) {
      if (hasCode(error, "EEXIST")) return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  });
}

/** Puts another content in the file's place, at once and for good. @throws KekUnavailable */
export async function replaceKekFile(path: string, content: KekFile): Promise<void> {
  await write(path, content, (draft) => rename(draft, path));
}

/** A fresh random key. */
export function newFileKey(now: Date): FileKey {
  const id = `file-${randomBytes(9).toString("base64url")}`;
  return { id, key: randomBytes(KEY_BYTES).toString("base64url"), createdAt: now.toISOString() };
}

/** Written aside and forced onto the disk first: what is wrapped under a key that a power cut takes is lost. */
async function write<T>(path: string, content: KekFile, place: (draft: string) => Promise<T>): Promise<T> {
  const folder = dirname(resolve(path));
  // Of this call alone: also two in one process must not write or remove each other's.
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    const placed = await place(draft);
    await syncFolder(folder);
    return placed;
  } catch {
    throw new KekUnavailable(`The key-encryption keys cannot be written to ${path}: correct the folder's owner.`);
  }
}

function orUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
