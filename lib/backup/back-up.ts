import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { whileSegmentsStay } from "@/lib/db/segment-files";
import { OperatorError } from "@/lib/operator-error";
import type { BlobStore } from "@/lib/storage/blob-store";
import { copyArchive } from "./archive-files";
import { type BlobReport, checkBlobs, copyBlobs } from "./blobs";
import { copyDatabase } from "./copy-database";
import type { BackupManifest, KeysManifest } from "./format";
import { copyKeys, type KeyPlaces } from "./keys-folder";
import { copySignerFiles } from "./signer-files";
import { FolderWriter } from "./write-folder";

/** What is copied, and where to. */
export interface BackupJob extends KeyPlaces {
  /** The folder to make. */
  readonly folder: string;
  /** The folder for private keys, when they are to be copied too. */
  readonly keysFolder: string | undefined;
  /** The login that owns the tables. */
  readonly ownerUrl: string;
  readonly store: BlobStore;
  /** Where archived events are; not there before there are any. */
  readonly archiveFolder: string;
}

/** What was copied. */
export interface BackupReport {
  readonly manifest: Omit<BackupManifest, "list">;
  /** SHA-256 of the manifest. */
  readonly digest: string;
  readonly files: number;
  readonly bytes: number;
  readonly blobs: BlobReport;
  /** Private keys that were copied apart. */
  readonly keys: number;
  /** Whether the signer's folder was here to be copied. */
  readonly hasSigner: boolean;
}

/**
 * Makes a backup beside the running service: the database of one instant first, then the files of archived events, which
 * nobody gives up meanwhile, then evidence's files, then the signer's public part, each of which may be newer and never
 * older. Private keys go into a folder of their own, or nowhere.
 * @throws OperatorError when something cannot be read or written; nothing is left then that looks like a backup
 */
export async function backUp(job: BackupJob): Promise<BackupReport> {
  requireApart(job.folder, job.keysFolder);
  const writer = await FolderWriter.begin(job.folder);
  const keys = job.keysFolder === undefined ? null : await beginOrDrop(job.keysFolder, writer);
  try {
    const copy = await whileSegmentsStay(job.ownerUrl, async () => {
      const copied = await copyDatabase(job.ownerUrl, writer);
      await copyArchive(job.archiveFolder, writer);
      return copied;
    });
    await copyBlobs(job.store, writer);
    const hasSigner = existsSync(join(job.signerFolder, "keys", "sets"));
    if (hasSigner) await copySignerFiles(job.signerFolder, writer);
    const blobs = await checkBlobs(job.ownerUrl, job.store);
    const copied = keys ? await copyKeys(job, keys) : [];
    const manifest: Omit<BackupManifest, "list"> = { type: "countervail.backup.v1", ...copy };
    const digest = await writer.finish(manifest);
    const { service, at } = copy;
    await keys?.finish({ type: "countervail.backup-keys.v1", service, at, backup: digest } satisfies Omit<
      KeysManifest,
      "list"
    >);
    return { manifest, digest, ...writer.written, blobs, keys: copied.length, hasSigner };
  } finally {
    await writer.drop();
    await keys?.drop();
  }
}

async function beginOrDrop(path: string, other: FolderWriter): Promise<FolderWriter> {
  try {
    return await FolderWriter.begin(path);
  } catch (error) {
    await other.drop();
    throw error;
  }
}

/** Keys beside what they open would be no protection. */
function requireApart(folder: string, keysFolder: string | undefined): void {
  if (keysFolder === undefined) return;
  const inside = (one: string, other: string) => !relative(resolve(other), resolve(one)).startsWith("..");
  if (inside(keysFolder, folder) || inside(folder, keysFolder)) {
    throw new OperatorError("The folder for keys has to lie outside of the backup's, and better on another medium.");
  }
}
