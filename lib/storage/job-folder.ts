import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { linkFirst, orUnwritable, syncFolder } from "@/lib/durable";
import type { OpenBlob } from "@/lib/storage/blob-store";
import { absentOrThrow, openFile } from "@/lib/storage/file-store";
import { orStorageFailure, orUnreadable, readStored, stored } from "@/lib/storage/storage-failure";

/** A file as it lies on the disk. */
export interface LaidFile {
  readonly size: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/**
 * The folder of one job, where every step leaves its outcome: written aside, forced onto the disk, and only then there
 * under its name. So an outcome is whole or absent, whatever ends the process, and the first one stays: who comes to the
 * same step later, or at the same time, goes on with it. Names are relative, with slashes between.
 */
export class JobFolder {
  constructor(readonly path: string) {}

  /** The bytes of an outcome, or null while the step has not ended. */
  async read(name: string): Promise<Uint8Array | null> {
    const bytes = await readStored(readFile(join(this.path, name)).catch(absentOrThrow(null)));
    return bytes && new Uint8Array(bytes);
  }

  /** The bytes of an outcome; made now when they are not there. @throws Failure storage_full, or unavailable for what an operator mends; what the work throws */
  async bytes(name: string, make: () => Promise<Uint8Array> | Uint8Array): Promise<Uint8Array> {
    const there = await this.read(name);
    if (there) return there;
    const made = await make();
    await this.#lay(name, (draft) => writeWhole(draft, made));
    return (await this.read(name)) ?? made;
  }

  /** As {@link bytes}, for plain data, which is kept as JSON. */
  async json<T>(name: string, make: () => Promise<T> | T): Promise<T> {
    const bytes = await this.bytes(name, async () => Buffer.from(JSON.stringify(await make()), "utf8"));
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as T;
  }

  /** An outcome that is read as it comes, and how large it is; made now when it is not there. @param signal stops it early */
  async stream(name: string, make: () => Readable | Promise<Readable>, signal?: AbortSignal): Promise<LaidFile> {
    if (!(await this.has(name))) await this.#lay(name, async (draft) => writeStream(draft, await make(), signal));
    return this.measure(name);
  }

  /**
   * An outcome that somebody else writes, and how large it is; made now when it is not there.
   * @param write gets the path of a file that is not there yet, and has it whole and on the disk when it ends
   */
  async file(name: string, write: (path: string) => Promise<void>): Promise<LaidFile> {
    if (!(await this.has(name))) await this.#lay(name, write);
    return this.measure(name);
  }

  /** Where an outcome lies, for whoever reads it by itself. */
  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** Size and digest of an outcome, read anew. */
  async measure(name: string): Promise<LaidFile> {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of this.reading(name)) {
      hash.update(chunk);
      size += chunk.length;
    }
    return { size, sha256: hash.digest("hex") };
  }

  /** Reads an outcome that is there, as it is taken. @throws Failure unavailable */
  async *reading(name: string): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(join(this.path, name), { highWaterMark: 256 * 1024 });
    } catch (error) {
      throw orUnreadable(error);
    }
  }

  /** Opens an outcome, as a store opens its blobs; null when it is not there. */
  open(name: string): Promise<OpenBlob | null> {
    return openFile(join(this.path, name));
  }

  /** Whether a step has left its outcome. */
  async has(name: string): Promise<boolean> {
    return (await readStored(stat(join(this.path, name)).catch(absentOrThrow(null)))) !== null;
  }

  /** Removes what a process that was killed was still writing. For whoever alone works in the folder. */
  async tidy(): Promise<void> {
    for (const name of await namesIn(this.path, true))
      if (name.endsWith(".draft")) await stored(rm(join(this.path, name), { force: true }));
  }

  /** The names of the folders in a folder within, which need not be there. */
  folders(name: string): Promise<string[]> {
    return foldersIn(join(this.path, name));
  }

  /** Removes a folder within, which need not be there. */
  async remove(name: string): Promise<void> {
    await stored(rm(join(this.path, name), { recursive: true, force: true }));
  }

  /** Removes the folder, with all that is in it but for one file, if named. It need not be there. */
  async clear(but?: string): Promise<void> {
    if (but === undefined) return stored(rm(this.path, { recursive: true, force: true }));
    for (const name of await namesIn(this.path)) {
      if (name !== but) await stored(rm(join(this.path, name), { recursive: true, force: true }));
    }
  }

  /** A hard link either appears or fails, so that of two makers at the same moment one wins. */
  async #lay(name: string, write: (draft: string) => Promise<void>): Promise<void> {
    const path = join(this.path, name);
    const draft = `${path}.${process.pid}-${randomBytes(6).toString("hex")}.draft`;
    await orStorageFailure(
      (async () => {
        await orUnwritable(mkdir(dirname(path), { recursive: true, mode: 0o700 }));
        try {
          await write(draft);
          await linkFirst(draft, path);
          await orUnwritable(syncFolder(dirname(path)));
        } finally {
          // Why it was not written matters more; what stays is removed when the job is gone on with.
          await rm(draft, { force: true }).catch(() => undefined);
        }
      })(),
    );
  }
}

/** The names of the folders of jobs that lie in a folder. */
export function jobFolders(root: string): Promise<string[]> {
  return foldersIn(root);
}

function namesIn(path: string, recursive = false): Promise<string[]> {
  return readStored(readdir(path, { recursive }).catch(absentOrThrow<string[]>([])));
}

async function foldersIn(root: string): Promise<string[]> {
  const entries = await readStored(readdir(root, { withFileTypes: true }).catch(absentOrThrow([])));
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await orUnwritable(open(path, "wx", 0o600));
  try {
    await orUnwritable(file.writeFile(bytes));
    await orUnwritable(file.sync());
  } finally {
    await orUnwritable(file.close());
  }
}

async function writeStream(path: string, source: Readable, signal: AbortSignal | undefined): Promise<void> {
  const file = await orUnwritable(open(path, "wx", 0o600)).catch((error: unknown) => {
    source.destroy();
    throw error;
  });
  try {
    await pipeline(
      source,
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await orUnwritable(file.writeFile(chunk));
      },
      signal ? { signal } : {},
    );
    await orUnwritable(file.sync());
  } finally {
    await orUnwritable(file.close());
  }
}
