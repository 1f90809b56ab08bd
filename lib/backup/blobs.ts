import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { withConnection } from "@/lib/db/connect";
import { OperatorError } from "@/lib/operator-error";
import type { BlobStore } from "@/lib/storage/blob-store";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";
import { BLOBS, type ListedFile } from "./format";
import { type FolderWriter, writeHashed } from "./write-folder";

/** What is stored in comparison with what the database names. */
export interface BlobReport {
  /** Contents that rows name. */
  readonly named: number;
  /** Keys of those that are missing or not the bytes that were taken in. */
  readonly broken: readonly string[];
}

/**
 * Copies everything in the store. A content is there before the row that names it and never changes, so what is copied
 * after the database is never short.
 */
export async function copyBlobs(store: BlobStore, writer: FolderWriter): Promise<void> {
  for await (const { key } of store.list()) {
    const blob = await store.open(key);
    // Freed in between: nothing had named it for a day.
    if (!blob) continue;
    try {
      await writer.add(`${BLOBS}/${key}`, await blob.read());
    } finally {
      await blob.close();
    }
  }
}

/** Puts all contents into the store; what is there already stays. @throws OperatorError when one changed on the way */
export async function putBlobs(
  folder: string,
  files: readonly ListedFile[],
  { store, draftFolder }: Pick<EvidenceFiles, "store" | "draftFolder">,
): Promise<number> {
  let count = 0;
  for (const { path, size, sha256 } of files) {
    if (!path.startsWith(`${BLOBS}/`)) continue;
    const key = path.slice(BLOBS.length + 1);
    const draft = join(draftFolder, randomUUID());
    const copied = await writeHashed(draft, createReadStream(join(folder, path), { highWaterMark: 256 * 1024 }));
    if (copied.sha256 !== sha256) throw new OperatorError(`The part ${path} changed while it was read.`);
    await store.put(key, { path: draft, size, sha256 });
    count += 1;
  }
  return count;
}

/** Hashes every content that a row of the database names, as the owner of the tables. */
export function checkBlobs(ownerUrl: string, store: BlobStore): Promise<BlobReport> {
  return withConnection(ownerUrl, async (client) => {
    await client.query("BEGIN READ ONLY");
    await client.query("SET LOCAL ROLE countervail_audit");
    const broken: string[] = [];
    let named = 0;
    for (let after = ""; ; ) {
      const rows = await namedBlobs(client, after);
      for (const { key, sha256 } of rows) {
        if ((await hashOf(store, key)) !== sha256) broken.push(key);
        after = key;
      }
      named += rows.length;
      if (rows.length === 0) return { named, broken };
    }
  });
}

async function namedBlobs(client: pg.Client, after: string): Promise<{ key: string; sha256: string }[]> {
  const { rows } = await client.query<{ key: string; sha256: string }>(
    `SELECT DISTINCT key COLLATE "C" AS key, sha256 FROM blob WHERE removed_at IS NULL AND key COLLATE "C" > $1 ORDER BY 1 LIMIT 500`,
    [after],
  );
  return rows;
}

async function hashOf(store: BlobStore, key: string): Promise<string | null> {
  const blob = await store.open(key);
  if (!blob) return null;
  try {
    const hash = createHash("sha256");
    for await (const chunk of await blob.read()) hash.update(chunk as Buffer);
    return hash.digest("hex");
  } finally {
    await blob.close();
  }
}
