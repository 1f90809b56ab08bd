import { createHash, randomBytes } from "node:crypto";
import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { syncFolder } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";
import { LIST, type ListedFile, MANIFEST, MANIFEST_DIGEST } from "./format";

/** Bytes gathered before they are written. */
const CHUNK = 256 * 1024;

/**
 * A folder that is written aside and gets its name at the end, so that what was broken off never looks whole. Only its
 * owner may read it.
 */
export class FolderWriter {
  readonly #draft: string;
  readonly #list = createHash("sha256");
  #lines: Buffer[] = [];
  #files = 0;
  #bytes = 0;

  private constructor(private readonly folder: string) {
    this.#draft = `${folder}.unfinished-${randomBytes(4).toString("hex")}`;
  }

  /** Begins a folder. @throws OperatorError when something is there already, or it cannot be made */
  static async begin(path: string): Promise<FolderWriter> {
    const folder = resolve(path);
    if (await lstat(folder).catch(() => null)) {
      throw new OperatorError(`${folder} is there already: name a folder that is not.`);
    }
    const writer = new FolderWriter(folder);
    await mkdir(writer.#draft, { recursive: true, mode: 0o700 }).catch((error: Error) => {
      throw new OperatorError(`The folder ${folder} cannot be made: ${error.message}.`);
    });
    return writer;
  }

  /** How much was written so far. */
  get written(): { readonly files: number; readonly bytes: number } {
    return { files: this.#files, bytes: this.#bytes };
  }

  /** Writes a file from bytes as they come, never holding more than a chunk of them. */
  async add(path: string, source: Readable | AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ListedFile> {
    const { size, sha256 } = await writeHashed(join(this.#draft, path), source);
    const file = { path, size, sha256 };
    const line = Buffer.from(`${JSON.stringify(file)}\n`);
    this.#list.update(line);
    this.#lines.push(line);
    this.#files += 1;
    this.#bytes += size;
    return file;
  }

  /**
   * Writes list and manifest, and gives the folder its name.
   * @returns SHA-256 of the manifest
   */
  async finish(content: object): Promise<string> {
    const list = { sha256: this.#list.digest("hex"), files: this.#files, bytes: this.#bytes };
    await writeHashed(join(this.#draft, LIST), this.#lines);
    this.#lines = [];
    const text = Buffer.from(`${JSON.stringify({ ...content, list }, undefined, 2)}\n`);
    const { sha256 } = await writeHashed(join(this.#draft, MANIFEST), [text]);
    await writeHashed(join(this.#draft, MANIFEST_DIGEST), [Buffer.from(`${sha256}  ${MANIFEST}\n`)]);
    await rename(this.#draft, this.folder);
    await syncFolder(dirname(this.folder));
    return sha256;
  }

  /** Removes what was written, when it is not to be finished. */
  async drop(): Promise<void> {
    await rm(this.#draft, { recursive: true, force: true });
  }
}

/** Writes a file that is not there yet, and forces it onto the disk. */
export async function writeHashed(
  path: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly size: number; readonly sha256: string }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let size = 0;
  let waiting: Uint8Array[] = [];
  let held = 0;
  const flush = async () => {
    if (held > 0) await file.writev(waiting);
    waiting = [];
    held = 0;
  };
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      size += chunk.length;
      waiting.push(chunk);
      held += chunk.length;
      if (held >= CHUNK) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest("hex") };
}
