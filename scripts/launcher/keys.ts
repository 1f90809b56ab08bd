import type { SecretBox } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import type { Config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import { makeKekFile, readKekFile } from "@/lib/secrets/kek-file";
import { openKeks } from "@/lib/secrets/open-keks";
import type { LauncherDatabase } from "./databases";

/**
 * Makes sure of the key-encryption keys before anything needs them: every one in use is tried. The file is made at the
 * first start; for a database of somebody else's, where nobody would know of it, only `npm run keys:init` makes it.
 * @returns the box that seals under them
 * @throws OperatorError when a key is missing or cannot be used
 */
export async function prepareKeys(settings: Config, database: LauncherDatabase): Promise<SecretBox> {
  const { makeSecretBox, NO_SECRETS } = await import("@/lib/auth/secret-box");
  const { NO_MAIL } = await import("@/lib/mail/mailer");
  const { openDatabase } = await import("@/lib/db/database");
  const { checkKeys, holdsSecrets } = await import("@/lib/services/keys/check-keys");
  const pool = openDatabase(database.appUrl);
  const context = {
    database: pool,
    clock: systemClock,
    secrets: NO_SECRETS,
    mail: NO_MAIL,
    requestId: "keys",
    url: "",
    address: "unknown",
    actor: null,
  };
  try {
    await ensureFile(settings, () => holdsSecrets(context));
    const keks = openKeks(settings);
    await keks.activeId();
    await checkKeys(context, keks);
    return makeSecretBox(keks, systemClock);
  } finally {
    await pool.close();
  }
}

async function ensureFile(settings: Config, isSealed: () => Promise<boolean>): Promise<void> {
  const { keks, kekFile } = settings;
  if (keks[0]?.kind !== "file" || (await readKekFile(kekFile))) return;
  if (await isSealed()) {
    throw new OperatorError(
      `The database holds secrets, and the key-encryption keys that open them are not in ${kekFile}: restore the file from its backup.`,
    );
  }
  if (settings.databaseUrl !== undefined && !settings.demo) {
    throw new OperatorError(
      `There is no key-encryption key: run npm run keys:init once, which makes ${kekFile}, or name a key of AWS KMS in COUNTERVAIL_KEK.`,
    );
  }
  await makeKekFile(kekFile, systemClock());
}
