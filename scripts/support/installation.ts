import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "@/lib/config";
import { type EmbeddedDatabase, embeddedAddresses } from "@/lib/db/embedded/database";
import { choosePlace } from "@/lib/db/embedded/place";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import { OperatorError } from "@/lib/operator-error";

/**
 * The address of this installation's database as the application: the external one, or the embedded one beside which a
 * script works while Countervail runs.
 * @throws OperatorError when there is none, or it does not run
 */
export async function installedDatabase({ databaseUrl, dataFolder }: Config): Promise<string> {
  return databaseUrl ?? (await embedded(dataFolder)).appUrl;
}

/**
 * The same as the owner of the tables, who also keeps the trail.
 * @throws OperatorError when there is none, it does not run, or nobody said who its owner is
 */
export async function ownedDatabase({ databaseUrl, migrationUrl, dataFolder }: Config): Promise<string> {
  if (migrationUrl !== undefined) return migrationUrl;
  if (databaseUrl === undefined) return (await embedded(dataFolder)).ownerUrl;
  throw new OperatorError("This needs the login that owns the tables: set COUNTERVAIL_MIGRATION_URL as for the start.");
}

/**
 * The same as the trail's keeper, who can cut and archive it and nothing else.
 * @throws OperatorError when there is none, it does not run, or it has no login for the keeper
 */
export async function keepersDatabase({ databaseUrl, keeperDatabaseUrl, dataFolder }: Config): Promise<string> {
  if (keeperDatabaseUrl !== undefined) return keeperDatabaseUrl;
  if (databaseUrl === undefined) return (await embedded(dataFolder)).keeperUrl;
  throw new OperatorError(
    "This needs the keeper's login: set COUNTERVAIL_KEEPER_DATABASE_URL (npm run db:init makes the login).",
  );
}

/**
 * The same as the signer.
 * @throws OperatorError when there is none, it does not run, or nobody said what the signer's login is
 */
export async function signerDatabase({ databaseUrl, signerDatabaseUrl, dataFolder }: Config): Promise<string> {
  if (signerDatabaseUrl !== undefined) return signerDatabaseUrl;
  if (databaseUrl === undefined) return (await embedded(dataFolder)).signerUrl;
  throw new OperatorError("This needs the signer's login: set COUNTERVAIL_SIGNER_DATABASE_URL as for the start.");
}

async function embedded(dataFolder: string): Promise<EmbeddedDatabase> {
  if (!existsSync(join(dataFolder, "secrets.json"))) {
    throw new OperatorError(
      `There is no Countervail in ${dataFolder}: set COUNTERVAIL_DATA or DATABASE_URL as for its start.`,
    );
  }
  const { cluster } = await choosePlace(dataFolder);
  const port = (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")).split("\n")[3];
  if (!port)
    throw new OperatorError(`The database of ${dataFolder} does not run: start Countervail, and try again beside it.`);
  return embeddedAddresses(Number(port), await loadSecrets(dataFolder));
}
