import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { codeOf, withConnection } from "@/lib/db/connect";
import { SEALED_COLUMNS } from "@/lib/domain/secrets/sealed-columns";
import { OperatorError } from "@/lib/operator-error";
import { kekStore } from "@/lib/secrets/kek-store";
import { openKeks } from "@/lib/secrets/open-keks";
import { installedDatabase } from "./support/installation";
import { generateClient } from "./support/prisma-client";

const FLAGS = /^--(secrets|destroy|batch=[1-9]\d{0,3})$/;

/**
 * `npm run keys:rotate`: makes a new key-encryption key (with KMS: takes the first of COUNTERVAIL_KEK) and wraps every
 * data key under it. `-- --secrets` makes fresh data keys instead and seals every secret anew. `-- --destroy` destroys
 * keys that were retired more than a day ago. All work beside the running service, and go on after an interruption
 * when they are run again. `--batch=N`: how many in one transaction, 100 unless said.
 * @param columns every column that holds secrets; a proof adds its own
 */
export async function main(flags: readonly string[], columns = SEALED_COLUMNS): Promise<void> {
  const unknown = flags.find((flag) => !FLAGS.test(flag));
  if (unknown !== undefined)
    throw new OperatorError(`keys:rotate knows --secrets, --destroy and --batch=N, not ${unknown}.`);
  const batch = Number(flags.find((flag) => flag.startsWith("--batch="))?.slice(8) ?? 100);
  const settings = config();
  const url = await installedDatabase(settings);
  await generateClient();
  await alone(url, async () => console.log(await run(url, flags, batch, columns)));
}

async function run(
  url: string,
  flags: readonly string[],
  batch: number,
  columns: typeof SEALED_COLUMNS,
): Promise<string> {
  const settings = config();
  const { makeSecretBox } = await import("@/lib/auth/secret-box");
  const { openDatabase } = await import("@/lib/db/database");
  const keks = openKeks(settings);
  const store = settings.keks[0]?.kind === "file" ? kekStore(settings.kekFile, systemClock) : null;
  const database = openDatabase(url);
  const { NO_MAIL } = await import("@/lib/mail/mailer");
  const { NO_SIGNER } = await import("@/lib/signing/client");
  const secrets = makeSecretBox(keks, systemClock);
  const context = {
    database,
    clock: systemClock,
    secrets,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    requestId: "keys:rotate",
    url: "",
    address: "unknown",
    actor: null,
  };
  try {
    const { checkKeys } = await import("@/lib/services/keys/check-keys");
    await checkKeys(context, keks);
    if (flags.includes("--destroy")) {
      const { destroyRetiredKeys } = await import("@/lib/services/keys/destroy-keys");
      const { dataKeys, keks: gone } = await destroyRetiredKeys(context, store);
      return `Destroyed: ${dataKeys} data keys and ${gone} key-encryption keys that were retired more than a day ago.`;
    }
    if (flags.includes("--secrets")) {
      const { resealSecrets } = await import("@/lib/services/keys/reseal-secrets");
      const done = await resealSecrets(context, { keks, columns, batch });
      for (const place of done.broken) console.error(`The secret in ${place} does not open and was left as it is.`);
      return `${start(done.resumed)}${done.secrets} secrets sealed anew, ${done.retired} data keys retired.`;
    }
    const { rotateKek } = await import("@/lib/services/keys/rotate-kek");
    const done = await rotateKek(context, { keks, store, batch });
    return `${start(done.resumed)}${done.dataKeys} data keys wrapped anew; the key-encryption key is ${done.kekId}.`;
  } finally {
    await database.close();
  }
}

function start(resumed: boolean): string {
  return resumed ? "An interrupted rotation was finished (run it again for new keys): " : "";
}

/** Lets no second rotation run: the session's lock ends with this process, however that ends. */
async function alone(url: string, work: () => Promise<void>): Promise<void> {
  await withConnection(url, async (client) => {
    // Of one that was killed, the server notices in a moment.
    await client.query("SET lock_timeout = '5s'");
    await client
      .query("SELECT pg_advisory_lock(hashtextextended('countervail-key-rotation', 0))")
      .catch((error: unknown) => {
        if (codeOf(error) !== "55P03") throw error;
        throw new OperatorError("A rotation of keys runs already: let it end, then try again.");
      });
    await work();
  });
}
