import { randomBytes } from "node:crypto";
import { chmod, type FileHandle, link, lstat, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { constants } from "node:os";
import { dirname } from "node:path";
import { OperatorError } from "@/lib/operator-error";

/** Makes a folder that only its owner may enter. @throws OperatorError when others own it or may enter it */
export async function ensurePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  const { mode, uid } = found;
  if (!found.isDirectory()) throw new OperatorError(`${path} is no folder.`);
  if (uid !== (process.getuid?.() ?? uid)) throw new OperatorError(`The folder ${path} belongs to somebody else.`);
  // Windows keeps rights elsewhere.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) await chmod(path, 0o700);
}

/**
 * Puts a content in a file's place at once and for good: written aside, forced onto the disk, renamed, and the folder
 * forced as well. A kill or a power cut at any moment leaves the former content or this one.
 */
export async function writeDurably(path: string, content: string): Promise<void> {
  await place(path, content, (draft) => rename(draft, path));
}

/** As {@link writeDurably}, for a file that is not there yet. @returns false when it was, and is left alone */
export async function createDurably(path: string, content: string): Promise<boolean> {
  return place(path, content, async (draft) => {
    try {
      // A hard link either appears or fails: of two makers at the same moment one wins.
      await link(draft, path);
      return true;
    } catch (error) {
      if (hasCode(error, "EEXIST")) return false;
      throw error;
    }
  });
}

async function place<T>(path: string, content: string, put: (draft: string) => Promise<T>): Promise<T> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.draft`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const result = await put(draft);
    await syncFolder(dirname(path));
    return result;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Forces what a folder names onto the disk: a new name is safe only then. Windows keeps no folder open. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** A file's text, or null when it is not there. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Whether an error is the system's of that code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/**
 * Why the system writes no file: no room, no right to, a folder that is not there, a disk that fails or is away, too many
 * open files, a file system that gives a file no second name.
 */
export type WriteTrouble = "full" | "refused" | "gone" | "broken" | "busy" | "linkless";

/** Everything else that a call says is no trouble of the disk but a defect, also that a file is there already. */
const TROUBLES: ReadonlyMap<unknown, WriteTrouble> = new Map([
  ...["ENOSPC", "EDQUOT", "EFBIG"].map((code) => [code, "full"] as const),
  ...["EACCES", "EPERM", "EROFS"].map((code) => [code, "refused"] as const),
  ...["ENOENT", "ENOTDIR"].map((code) => [code, "gone"] as const),
  ...["EMFILE", "ENFILE"].map((code) => [code, "busy"] as const),
  // The others are what disks on the network say.
  ...["EIO", "ENXIO", "ENODEV", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EREMOTEIO"].map(
    (code) => [code, "broken"] as const,
  ),
]);

/** Node has no names for some errors, as EDQUOT and ESTALE: their code is "Unknown system error" and a number below zero. */
const NAMELESS = /^Unknown system error -(\d+)$/;
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);

/** The system's name of an error; undefined for one that is none of the system's. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error)) return undefined;
  const nameless = typeof error.code === "string" && NAMELESS.exec(error.code);
  return nameless ? NAMES.get(Number(nameless[1])) : error.code;
}

/** Thrown where the system did not write a file. */
export class Unwritable extends Error {
  override readonly name = "Unwritable";

  /** @param message what the system said */
  constructor(
    readonly trouble: WriteTrouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What an error of a call that writes stands for; null for one that is none of the disk's. */
export function writeTrouble(error: unknown): WriteTrouble | null {
  if (error instanceof Unwritable) return error.trouble;
  return TROUBLES.get(codeOf(error)) ?? null;
}

/** Awaits a single call that writes: of one that reads the same codes would say something else. @throws Unwritable */
export async function orUnwritable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const trouble = writeTrouble(error);
    if (trouble === null || error instanceof Unwritable) throw error;
    throw new Unwritable(trouble, (error as Error).message, { cause: error });
  }
}

/** Writes bytes to a place in an open file, all of them: one call of the system may write less, and say nothing. @throws Unwritable */
export async function writeAt(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await orUnwritable(file.write(bytes, done, bytes.length - done, at + done));
    done += bytesWritten;
  }
}

/** What a file system without hard links says of one; that it may not is said by none of the others of a file of one's own. */
const LINKLESS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** Gives a file a second name, unless that is taken: then the first one stays. @throws Unwritable */
export async function linkFirst(path: string, name: string): Promise<void> {
  const linked = link(path, name).catch((error: unknown) => {
    if (hasCode(error, "EEXIST")) return;
    throw LINKLESS.includes(String(codeOf(error)))
      ? new Unwritable("linkless", String(error), { cause: error })
      : error;
  });
  await orUnwritable(linked);
}
