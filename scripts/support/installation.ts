import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "@/lib/config";
import { embeddedAddresses } from "@/lib/db/embedded/database";
import { choosePlace } from "@/lib/db/embedded/place";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import { OperatorError } from "@/lib/operator-error";

/**
 * The address of this installation's database as the application: the external one, or the embedded one beside which a
 * script works while Countervail runs.
 * @throws OperatorError when there is none, or it does not run
 */
export async function installedDatabase({ databaseUrl, dataFolder }: Config): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl;
  if (!existsSync(join(dataFolder, "secrets.json"))) {
    throw new OperatorError(
      `There is no Countervail in ${dataFolder}: set COUNTERVAIL_DATA or DATABASE_URL as for its start.`,
    );
  }
  const { cluster } = await choosePlace(dataFolder);
  const port = (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")).split("\n")[3];
  if (!port)
    throw new OperatorError(`The database of ${dataFolder} does not run: start Countervail, and try again beside it.`);
  return embeddedAddresses(Number(port), await loadSecrets(dataFolder)).appUrl;
}
