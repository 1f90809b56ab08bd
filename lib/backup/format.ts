import { z } from "zod";

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().nonnegative();

/** A file of a backup by its path in the folder, with `/` between. */
export const listedFile = z.strictObject({
  path: z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/),
  size: whole,
  sha256: hex,
});
export type ListedFile = z.infer<typeof listedFile>;

const listDigest = z.strictObject({ sha256: hex, files: whole, bytes: whole });

const tableCopy = z.strictObject({
  name: z.string(),
  columns: z.array(z.string()),
  rows: whole,
  /** SHA-256 of the rows in the order of their key, which is that of the file `database/<name>.copy`. */
  sha256: hex,
});
export type TableCopy = z.infer<typeof tableCopy>;

/** What a backup says of itself: `manifest.json`, whose SHA-256 is in `manifest.sha256`. */
export const backupManifest = z.strictObject({
  type: z.literal("countervail.backup.v1"),
  service: z.uuid(),
  /** The instant that the database was copied at. */
  at: z.iso.datetime(),
  /** The migrations that its tables were made by. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: hex })),
  tables: z.array(tableCopy),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string(), called: z.boolean() })),
  /** Each chain with its newest checkpoint. */
  chains: z.array(
    z.strictObject({
      logId: z.string(),
      size: whole,
      head: hex,
      checkpoint: z.strictObject({ size: whole, root: hex, note: z.string() }).nullable(),
    }),
  ),
  /** The list of all other files: `files.jsonl`, a line each. */
  list: listDigest,
});
export type BackupManifest = z.infer<typeof backupManifest>;

/** The same for the folder of keys that belongs to a backup. */
export const keysManifest = z.strictObject({
  type: z.literal("countervail.backup-keys.v1"),
  service: z.uuid(),
  at: z.iso.datetime(),
  /** SHA-256 of the backup's manifest. */
  backup: hex,
  list: listDigest,
});
export type KeysManifest = z.infer<typeof keysManifest>;

/** Names within a folder. */
export const MANIFEST = "manifest.json";
export const MANIFEST_DIGEST = "manifest.sha256";
export const LIST = "files.jsonl";
export const SIGNER = "signer";
export const BLOBS = "blobs";

/** Where the rows of a table are. */
export function tablePath(table: string): string {
  return `database/${table}.copy`;
}
