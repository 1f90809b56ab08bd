import { resolve } from "node:path";
import type { Config } from "@/lib/config";
import { loginOf } from "@/lib/db/addresses";
import { ensureDatabase } from "@/lib/db/embedded/database";
import type { Place } from "@/lib/db/embedded/place";
import type { Secrets } from "@/lib/db/embedded/secrets";
import { type EmbeddedServer, startServer } from "@/lib/db/embedded/server";
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
}

/** Uses the external server of the settings; starts none. @throws OperatorError when it cannot be used */
export async function connectExternal(settings: Config, appUrl: string): Promise<LauncherDatabase> {
  const ownerUrl = settings.migrationUrl ?? appUrl;
  await prepareRoles(ownerUrl, appUrl);
  if (loginOf(ownerUrl).user === loginOf(appUrl).user) {
    console.error(
      "The application runs as the owner of the tables, who can switch off what guards the trail: give it a login of its own (npm run db:init, COUNTERVAIL_MIGRATION_URL).",
    );
  }
  return { appUrl, ownerUrl };
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
