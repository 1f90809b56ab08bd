import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { OperatorError } from "@/lib/operator-error";
import { type BlobStore, isBlobKey } from "@/lib/storage/blob-store";
import { type MovedFile, movedLines } from "./read-moved";

/** Where the files go. */
interface Place {
  readonly store: BlobStore;
  readonly draftFolder: string;
}

/**
 * Stores the files of evidence under the keys that their rows name, each hashed before. A file that nothing names is
 * refused; one that an interrupted attempt has stored already stays.
 * @returns how many there are
 * @throws OperatorError when bytes are not those that their digest says
 */
export async function storeFiles(file: MovedFile, { store, draftFolder }: Place): Promise<number> {
  const keys = new Map<string, string>();
  let files = 0;
  let draft: DraftFile | null = null;
  const finish = async () => {
    if (draft) files += 1;
    await draft?.store(store);
    draft = null;
  };
  await mkdir(draftFolder, { recursive: true, mode: 0o700 });
  try {
    for await (const line of movedLines(file)) {
      if ("row" in line && line.table === "blob") keys.set(String(line.row.sha256), keyOf(line.row, file));
      if (!("part" in line)) continue;
      if (line.part === 0) {
        await finish();
        draft = await DraftFile.open(draftFolder, line.file, keys.get(line.file));
      }
      await (draft as DraftFile | null)?.append(line);
    }
    await finish();
  } finally {
    await (draft as DraftFile | null)?.drop();
  }
  return files;
}

/** Nobody's bytes come to lie among those of another company. */
function keyOf(row: Readonly<Record<string, unknown>>, { head }: MovedFile): string {
  const key = String(row.key);
  if (isBlobKey(key) && key.startsWith(`${head.organisationId}/`)) return key;
  throw new OperatorError("A file of evidence has a place that is not its company's.");
}

/** A file that is being put together. */
class DraftFile {
  readonly #hash = createHash("sha256");
  #parts = 0;
  #size = 0;

  private constructor(
    readonly sha256: string,
    readonly key: string,
    readonly path: string,
    readonly handle: FileHandle,
  ) {}

  static async open(folder: string, sha256: string, key: string | undefined): Promise<DraftFile> {
    if (key === undefined) throw new OperatorError("The file brings evidence that none of its rows names.");
    const path = join(folder, randomUUID());
    return new DraftFile(sha256, key, path, await open(path, "wx", 0o600));
  }

  async append({ file, part, base64 }: { readonly file: string; readonly part: number; readonly base64: string }) {
    if (file !== this.sha256 || part !== this.#parts) throw new OperatorError("The parts of a file are out of order.");
    const bytes = Buffer.from(base64, "base64");
    this.#hash.update(bytes);
    this.#parts += 1;
    this.#size += bytes.byteLength;
    await this.handle.writeFile(bytes);
  }

  async store(store: BlobStore): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    if (this.#hash.digest("hex") !== this.sha256) {
      await rm(this.path, { force: true });
      throw new OperatorError("The bytes of a file are not those that its digest says.");
    }
    await store.put(this.key, { path: this.path, size: this.#size, sha256: this.sha256 });
  }

  async drop(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }
}
