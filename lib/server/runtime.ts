import { makeSecretBox, type SecretBox } from "@/lib/auth/secret-box";
import { type Clock, systemClock } from "@/lib/clock";
import { type Config, config } from "@/lib/config";
import { type Database, openDatabase } from "@/lib/db/database";
import { type Mailer, NO_MAIL, openMailer } from "@/lib/mail/mailer";
import { OperatorError } from "@/lib/operator-error";
import { openKeks } from "@/lib/secrets/open-keks";
import { openSigner, type Signer } from "@/lib/signing/client";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { type EvidenceFiles, openEvidenceFiles } from "@/lib/storage/evidence-files";

/** What the web server's process holds on to for its whole life. */
export interface Runtime {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly mail: Mailer;
  readonly signer: Signer;
  readonly evidence: EvidenceFiles;
}

const holder = globalThis as typeof globalThis & { countervailRuntime?: Runtime };

/**
 * The process's one runtime. It lives on the global object because development reloads modules and
 * must not open a new pool each time.
 * @throws OperatorError when no database address is set
 */
export function runtime(): Runtime {
  if (!holder.countervailRuntime) {
    const settings = config();
    if (!settings.databaseUrl) throw new OperatorError("DATABASE_URL is not set. Start with `npm start`.");
    const database = openDatabase(settings.databaseUrl);
    endIfUnsafe(database);
    const secrets = makeSecretBox(openKeks(settings), systemClock);
    const mail = settings.mail ? openMailer(settings.mail) : NO_MAIL;
    const signer = openSigner(signerSocketPath(settings));
    const evidence = openEvidenceFiles(settings.dataFolder, settings.evidence);
    holder.countervailRuntime = { config: settings, database, clock: systemClock, secrets, mail, signer, evidence };
  }
  return holder.countervailRuntime;
}

/**
 * The launcher has looked at the login already; a server that was started by itself looks at its first request and
 * ends. A database that is away is asked again before each transaction.
 */
function endIfUnsafe(database: Database): void {
  database.admit().catch((error: unknown) => {
    if (!(error instanceof OperatorError)) return;
    console.error(error.message);
    process.exit(1);
  });
}
