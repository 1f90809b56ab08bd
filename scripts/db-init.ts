import { config } from "@/lib/config";
import { initDatabase } from "@/lib/db/init";
import { OperatorError } from "@/lib/operator-error";

/**
 * `npm run db:init`: prepares an external PostgreSQL, once; it may be repeated. Needs
 * - `DATABASE_URL`: the application's login and the database, both made if absent;
 * - `COUNTERVAIL_MIGRATION_URL`: the login that will own the tables;
 * - `COUNTERVAIL_SIGNER_DATABASE_URL`: the signer's login, made if absent; without it there is no signer;
 * - `COUNTERVAIL_WORKER_DATABASE_URL`: the worker's login, made if absent; without it there is no worker;
 * - `COUNTERVAIL_KEEPER_DATABASE_URL`: the keeper's login, made if absent; without it nobody cuts or archives the trail;
 * - `COUNTERVAIL_ADMIN_URL`: somebody who may create roles. Left out when the owner may do so by itself.
 * A managed server's administrator (CREATEROLE, CREATEDB, no superuser) is enough.
 */
export async function main(): Promise<void> {
  const settings = config();
  const { adminUrl, migrationUrl, databaseUrl } = settings;
  if (databaseUrl === undefined || (migrationUrl ?? adminUrl) === undefined) {
    throw new OperatorError(
      "Set DATABASE_URL (the application's login), COUNTERVAIL_MIGRATION_URL (the owner's) and, if the owner may not create roles, COUNTERVAIL_ADMIN_URL.",
    );
  }
  if (migrationUrl === undefined) {
    throw new OperatorError("Set COUNTERVAIL_MIGRATION_URL: the login that will own the tables.");
  }
  const addresses = {
    adminUrl: adminUrl ?? migrationUrl,
    migrationUrl,
    databaseUrl,
    signerUrl: settings.signerDatabaseUrl,
    workerUrl: settings.workerDatabaseUrl,
    keeperUrl: settings.keeperDatabaseUrl,
  };
  for (const line of await initDatabase(addresses)) console.log(line);
}
