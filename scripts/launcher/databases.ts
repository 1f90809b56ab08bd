import { resolve } from "node:path";
import type { Config } from "@/lib/config";
import { loginOf } from "@/lib/db/addresses";
import { ensureDatabase } from "@/lib/db/embedded/database";
import type { Place } from "@/lib/db/embedded/place";
import type { Secrets } from "@/lib/db/embedded/secrets";
import { type EmbeddedServer, startServer } from "@/lib/db/embedded/server";
import { requireSafeLogin } from "@/lib/db/login";
import { prepareRoles } from "@/lib/db/prepare";
import { OperatorError } from "@/lib/operator-error";
import type { Closers } from "./closers";
import { Patience } from "./patience";

/** The database a launcher works with. */
export interface LauncherDatabase {
  /** Address as the application's role, for the web server. */
  readonly appUrl: string;
  /** Address as the owner of the tables, for migrations and seeds. */
  readonly ownerUrl: string;
  /** Address as the signer; undefined on an external server that has no login for it. */
  readonly signerUrl: string | undefined;
  /** Address as the worker; undefined on an external server that has no login for it. */
  readonly workerUrl: string | undefined;
  /** Address as the trail's keeper; undefined on an external server that has no login for it. */
  readonly keeperUrl: string | undefined;
}

/** Uses the external server of the settings; starts none. @throws OperatorError when it cannot be used */
export async function connectExternal(settings: Config, appUrl: string): Promise<LauncherDatabase> {
  const database = {
    appUrl,
    ownerUrl: settings.migrationUrl ?? appUrl,
    signerUrl: settings.signerDatabaseUrl,
    workerUrl: settings.workerDatabaseUrl,
    keeperUrl: settings.keeperDatabaseUrl,
  };
  checkOwnLogins(database);
  // Looked at before anything is made, so that no table comes to belong to a login that will be refused.
  await checkLogin(settings, database);
  if (settings.unsafeDatabaseRole) {
    console.error(
      "COUNTERVAIL_UNSAFE_DATABASE_ROLE=allow: nobody looks whether row-level security holds for the application's login. For development only.",
    );
  }
  await prepareRoles(database.ownerUrl, appUrl, database);
  return database;
}

/**
 * Signer and keeper look after the application, and cannot do that under the application's login or the owner's; a worker
 * under either would have more than it needs. @throws OperatorError when one has another's login
 */
function checkOwnLogins({ appUrl, ownerUrl, signerUrl, workerUrl, keeperUrl }: LauncherDatabase): void {
  const taken = new Set([appUrl, ownerUrl].map((url) => loginOf(url).user));
  const further = {
    COUNTERVAIL_SIGNER_DATABASE_URL: signerUrl,
    COUNTERVAIL_WORKER_DATABASE_URL: workerUrl,
    COUNTERVAIL_KEEPER_DATABASE_URL: keeperUrl,
  };
  for (const [setting, url] of Object.entries(further)) {
    if (url === undefined) continue;
    const { user } = loginOf(url);
    if (taken.has(user)) throw new OperatorError(`${setting} needs a login of its own (npm run db:init makes it).`);
    taken.add(user);
  }
}

/** Refuses an application's login that row-level security does not hold for, unless it was allowed by name. */
export async function checkLogin(settings: Config, { appUrl, ownerUrl }: LauncherDatabase): Promise<void> {
  if (!settings.unsafeDatabaseRole) await requireSafeLogin(appUrl, ownerUrl);
}

/**
 * Starts the embedded server and keeps it running: when it dies it is started again on the same port, and PostgreSQL
 * recovers from its log.
 * @param giveUp called when it dies again and again
 */
export async function startEmbedded(
  place: Place,
  secrets: Secrets,
  closers: Closers,
  giveUp: (reason: OperatorError) => void,
): Promise<LauncherDatabase> {
  let server: EmbeddedServer = await startServer({ place, password: secrets.superuser });
  closers.add(() => server.stop());
  const patience = new Patience();
  const watch = () => {
    void server.ended.then(async () => {
      if (closers.isClosing) return;
      try {
        if (patience.isOver()) throw new OperatorError(`PostgreSQL keeps ending: see ${resolve(place.cluster)}.log.`);
        console.error("PostgreSQL ended unexpectedly; it is started again.");
        server = await startServer({ place, password: secrets.superuser, port: server.port });
        watch();
      } catch (error) {
        giveUp(error instanceof OperatorError ? error : new OperatorError(String(error)));
      }
    });
  };
  watch();
  return ensureDatabase(server, secrets);
}
