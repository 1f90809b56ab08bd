import { join } from "node:path";
import { embeddedAddresses } from "@/lib/db/embedded/database";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import { App } from "../support/app";

/** A second instance as an operator adds one: launcher and web server of its own, on the first one's database and keys. */
export async function startSecond(first: App): Promise<App> {
  const secrets = await loadSecrets(first.dataFolder);
  const { appUrl, ownerUrl } = embeddedAddresses(await first.databasePort(), secrets);
  const second = await App.make();
  try {
    await second.start({
      DATABASE_URL: appUrl,
      COUNTERVAIL_MIGRATION_URL: ownerUrl,
      COUNTERVAIL_AUTH_SECRET: secrets.auth,
      COUNTERVAIL_KEK_FILE: join(first.dataFolder, "keys", "kek.json"),
    });
    return second;
  } catch (error) {
    await second.remove();
    throw error;
  }
}
