import { rm } from "node:fs/promises";
import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";
import { type MigrationScript, readMigrations } from "@/lib/db/migration-files";
import { OperatorError } from "@/lib/operator-error";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";
import { putArchive } from "./archive-files";
import { type BlobReport, checkBlobs, putBlobs } from "./blobs";
import { type BackupManifest, backupManifest } from "./format";
import { type KeyPlaces, putKeys } from "./keys-folder";
import { isLoaded, loadDatabase } from "./load-database";
import { type CheckedFolder, checkFolder } from "./read-folder";
import { beginRestore, endRestore } from "./restoring";
import { putSignerFiles } from "./signer-files";

/** Where a backup goes. */
export interface RestoreJob extends KeyPlaces {
  /** The folder of private keys, when there is one. */
  readonly keysFolder: string | undefined;
  /** The login that owns the tables of the new database. */
  readonly ownerUrl: string;
  readonly files: Pick<EvidenceFiles, "store" | "draftFolder">;
  readonly archiveFolder: string;
  /** Where it says that a restore is under way, until {@link endRestore}. */
  readonly dataFolder: string;
  readonly now: Date;
}

/** What was put in place. */
export interface RestoreReport {
  readonly rows: number;
  readonly tables: number;
  readonly blobs: BlobReport;
  readonly keys: number;
}

/** Looks at every byte of a backup. @throws OperatorError that names the first part that is not right */
export function checkBackup(folder: string): Promise<CheckedFolder<BackupManifest>> {
  return checkFolder(folder, backupManifest);
}

/**
 * Puts a checked backup in place: evidence's files and the signer's part first, the database last and at once. Run again
 * after an interruption it goes on.
 * @throws OperatorError when the backup does not fit what is there; the database is as it was then
 */
export async function restore(backup: CheckedFolder<BackupManifest>, job: RestoreJob): Promise<RestoreReport> {
  const { folder, files, manifest, digest } = backup;
  const scripts = scriptsOf(manifest, await readMigrations());
  const loaded = await isLoaded(job.ownerUrl, digest);
  const isNew = await beginRestore(job.dataFolder, digest);
  try {
    await putSignerFiles(folder, files, job.signerFolder);
  } catch (error) {
    // Nothing was put there yet: a folder that is somebody else's stays as it was.
    if (isNew) await endRestore(job.dataFolder);
    throw error;
  }
  const keys = job.keysFolder === undefined ? 0 : await putKeys(job.keysFolder, manifest.service, job);
  await putBlobs(folder, files, job.files);
  // What exports of another history have come to is none of these data's.
  await rm(join(job.dataFolder, "exports"), { recursive: true, force: true });
  await putArchive(folder, files, job.archiveFolder);
  if (!loaded) {
    await migrate(job.ownerUrl, scripts);
    await loadDatabase(job.ownerUrl, backup, job.now);
  }
  // From here on it is an ordinary database of an earlier version, if it is one.
  await migrate(job.ownerUrl);
  const blobs = await checkBlobs(job.ownerUrl, job.files.store);
  return {
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    tables: manifest.tables.length,
    blobs,
    keys,
  };
}

/** The migrations that the backup's tables were made by. @throws OperatorError when this version has not all of them */
function scriptsOf({ migrations }: BackupManifest, known: readonly MigrationScript[]): MigrationScript[] {
  return migrations.map(({ name, checksum }) => {
    const script = known.find((one) => one.name === name);
    if (script?.checksum === checksum) return script;
    throw new OperatorError(
      `The backup was made by another version of Countervail (its migration ${name}): restore it with that one.`,
    );
  });
}
