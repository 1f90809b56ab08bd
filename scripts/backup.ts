import { join } from "node:path";
import { ARCHIVE } from "@/lib/backup/archive-files";
import { type BackupReport, backUp } from "@/lib/backup/back-up";
import { config } from "@/lib/config";
import { openEvidenceFiles } from "@/lib/storage/evidence-files";
import { readArguments } from "./support/arguments";
import { ownedDatabase } from "./support/installation";

const USAGE = "countervail backup FOLDER [--keys FOLDER2]";

/**
 * `countervail backup FOLDER [--keys FOLDER2]`: copies database, evidence's files and the signer's public part into a new
 * folder, beside the running service; private keys into another one, or not at all.
 * @returns 1 when files of evidence are missing or damaged, which the backup is all the same
 */
export async function main(given: readonly string[]): Promise<number> {
  const { plain, flags } = readArguments(given, { flags: ["keys"], plain: 1, usage: USAGE });
  const [folder = ""] = plain;
  const settings = config();
  const { store } = openEvidenceFiles(settings.dataFolder, settings.evidence);
  const ownerUrl = await ownedDatabase(settings);
  const { signerFolder, kekFile } = settings;
  const archiveFolder = join(settings.dataFolder, ARCHIVE);
  const places = { signerFolder, kekFile, archiveFolder };
  const report = await backUp({ folder, keysFolder: flags.keys, ownerUrl, store, ...places });
  for (const line of linesOf(report, folder, flags.keys)) console.log(line);
  return report.blobs.broken.length === 0 ? 0 : 1;
}

/** What the operator should know of a backup. */
function linesOf(
  { manifest, digest, files, bytes, blobs, keys, hasSigner }: BackupReport,
  folder: string,
  apart?: string,
) {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const events = manifest.chains.reduce((sum, { size }) => sum + size, 0);
  return [
    `Backup of ${manifest.at} in ${folder}: ${rows} rows in ${manifest.tables.length} tables (${manifest.chains.length} chains with ${events} events), ${blobs.named} files of evidence; ${files} parts, ${bytes} bytes.`,
    ...blobs.broken
      .slice(0, 20)
      .map((key) => `The file ${key} is missing or damaged in the store, and so in the backup.`),
    ...(hasSigner
      ? []
      : ["The signer's folder is not here: run this where it is as well, or back that folder up by itself."]),
    apart === undefined
      ? "Private keys are not in it: copy them with --keys FOLDER2, onto another medium."
      : `${keys} private keys in ${apart}: keep that folder away from the backup.`,
    `SHA-256 of its manifest: ${digest}`,
  ];
}
