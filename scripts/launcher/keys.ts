import type { ServiceContext } from "@/lib/auth/context";
import type { SecretBox } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import type { Config } from "@/lib/config";
import { type KeyRecord, standingOf } from "@/lib/domain/proof/keys";
import { OperatorError } from "@/lib/operator-error";
import { makeKekFile, readKekFile } from "@/lib/secrets/kek-file";
import { openKeks } from "@/lib/secrets/open-keks";
import { NO_SIGNER, type Signer } from "@/lib/signing/client";
import type { LauncherDatabase } from "./databases";

/**
 * Makes sure of the key-encryption keys before anything needs them: every one in use is tried. The file is made at the
 * first start; for a database of somebody else's, where nobody would know of it, only `npm run keys:init` makes it.
 * @returns the box that seals under them
 * @throws OperatorError when a key is missing or cannot be used
 */
export async function prepareKeys(settings: Config, database: LauncherDatabase): Promise<SecretBox> {
  const { makeSecretBox } = await import("@/lib/auth/secret-box");
  const { checkKeys, holdsSecrets } = await import("@/lib/services/keys/check-keys");
  return withServiceContext(database.appUrl, NO_SIGNER, async (context) => {
    await ensureFile(settings, () => holdsSecrets(context));
    const keks = openKeks(settings);
    await keks.activeId();
    await checkKeys(context, keks);
    return makeSecretBox(keks, systemClock);
  });
}

/**
 * Records the signer's lists of keys that the trail does not have yet, and says which keys have to be replaced. A signer
 * that does not answer was said already.
 */
export async function recordKeys(database: Pick<LauncherDatabase, "appUrl">, signer: Signer): Promise<void> {
  if ((await signer.health()) === null) return;
  const { recordSigningKeys } = await import("@/lib/services/keys/record-signing-keys");
  try {
    const { keys } = await withServiceContext(database.appUrl, signer, recordSigningKeys);
    for (const line of warningsOf(keys, systemClock())) console.error(line);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

/** A line for each signing key whose time is over, or nearly, and for a seal key that there is not yet. */
export function warningsOf(keys: readonly KeyRecord[], now: Date): string[] {
  const hasSeal = keys.some(({ purpose }) => purpose === "seal");
  const lacks = hasSeal ? [] : ["There is no key that seals PDFs: npm run keys:next -- seal --root PATH makes it."];
  return keys
    .filter(({ state }) => state === "active")
    .flatMap((key): string[] => {
      const { standing, days } = standingOf(key, now);
      if (standing === "in_time") return [];
      const when = standing === "over" ? "is over" : `ends in ${days} days`;
      const how = key.purpose === "root" ? "see the operator guide" : `npm run keys:next -- ${key.purpose}`;
      return [`The time of the signing key for ${key.purpose} ${when}: replace it (${how}).`];
    })
    .concat(lacks);
}

/**
 * Works as the service itself on a database. The generated client is loaded only here, after it has been made.
 * @param trust "any" takes the login that owns the tables as well
 */
export async function withServiceContext<T>(
  url: string,
  signer: Signer,
  work: (context: ServiceContext) => Promise<T>,
  trust: "checked" | "any" = "checked",
): Promise<T> {
  const { NO_SECRETS } = await import("@/lib/auth/secret-box");
  const { NO_MAIL } = await import("@/lib/mail/mailer");
  const { openDatabase } = await import("@/lib/db/database");
  const pool = openDatabase(url, trust);
  try {
    return await work({
      database: pool,
      clock: systemClock,
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer,
      requestId: "keys",
      url: "",
      address: "unknown",
      actor: null,
    });
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
