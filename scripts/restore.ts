import { join } from "node:path";
import { ARCHIVE } from "@/lib/backup/archive-files";
import { checkBackup, type RestoreJob, type RestoreReport, restore } from "@/lib/backup/restore";
import { endRestore } from "@/lib/backup/restoring";
import { systemClock } from "@/lib/clock";
import { type Config, config } from "@/lib/config";
import { ensureDatabase } from "@/lib/db/embedded/database";
import { choosePlace, makeDataFolder } from "@/lib/db/embedded/place";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import { startServer } from "@/lib/db/embedded/server";
import { prepareRoles } from "@/lib/db/prepare";
import { OperatorError } from "@/lib/operator-error";
import { openEvidenceFiles } from "@/lib/storage/evidence-files";
import { takeFolder } from "./launcher/lock";
import { readArguments } from "./support/arguments";
import { generateClient } from "./support/prisma-client";
import { verifyAndTell } from "./trail-verify";

const USAGE = "countervail restore FOLDER [--keys FOLDER2]";

/**
 * `countervail restore FOLDER [--keys FOLDER2]`: puts a backup into a new installation, the one that the settings name,
 * and verifies the trail of the result. Countervail must not run there yet.
 * @returns 1 when the trail or evidence's files are not whole
 */
export async function main(given: readonly string[]): Promise<number> {
  const { plain, flags } = readArguments(given, { flags: ["keys"], plain: 1, usage: USAGE });
  const settings = config();
  const backup = await checkBackup(plain[0] ?? "");
  console.log(
    `Every one of the ${backup.files.length} parts of the backup of ${backup.manifest.at} is as it was written.`,
  );
  await makeDataFolder(settings.dataFolder);
  const release = await takeFolder(settings.dataFolder, settings.url);
  try {
    return await withNewDatabase(settings, async (ownerUrl) => {
      const { signerFolder, kekFile, dataFolder } = settings;
      const files = openEvidenceFiles(settings.dataFolder, settings.evidence);
      const job: RestoreJob = {
        ...{ ownerUrl, keysFolder: flags.keys, signerFolder, kekFile, files, now: systemClock(), dataFolder },
        archiveFolder: join(settings.dataFolder, ARCHIVE),
      };
      const report = await restore(backup, job);
      for (const line of linesOf(report, flags.keys)) console.log(line);
      await generateClient();
      const holds = await verifyAndTell(ownerUrl, settings);
      await endRestore(settings.dataFolder);
      console.log(
        "Countervail can be started on it. Until somebody has run countervail record-gap nothing is signed there.",
      );
      return holds && report.blobs.broken.length === 0 ? 0 : 1;
    });
  } finally {
    release();
  }
}

function linesOf({ rows, tables, blobs, keys }: RestoreReport, apart: string | undefined): string[] {
  return [
    `${rows} rows in ${tables} tables and ${blobs.named} files of evidence are in place, compared with what was copied.`,
    ...blobs.broken.slice(0, 20).map((key) => `The file ${key} is missing or damaged.`),
    apart === undefined
      ? "Private keys were not put back: restore the signer's and the key-encryption keys before the start."
      : `${keys} private keys are in place.`,
  ];
}

/** The owner's address of the database that is to be filled: an external one, or an embedded server for the while. */
async function withNewDatabase<T>(settings: Config, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const { databaseUrl, migrationUrl, signerDatabaseUrl, dataFolder } = settings;
  if (databaseUrl !== undefined) {
    if (migrationUrl === undefined) {
      throw new OperatorError(
        "This needs the login that owns the tables: set COUNTERVAIL_MIGRATION_URL as for the start.",
      );
    }
    const { workerDatabaseUrl: workerUrl, keeperDatabaseUrl: keeperUrl } = settings;
    await prepareRoles(migrationUrl, databaseUrl, { signerUrl: signerDatabaseUrl, workerUrl, keeperUrl });
    return work(migrationUrl);
  }
  const secrets = await loadSecrets(dataFolder);
  const server = await startServer({ place: await choosePlace(dataFolder), password: secrets.superuser });
  try {
    return await work((await ensureDatabase(server, secrets)).ownerUrl);
  } finally {
    await server.stop();
  }
}
