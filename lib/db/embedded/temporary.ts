import { randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { migrate } from "../migrate";
import type { MigrationScript } from "../migration-files";
import { type EmbeddedDatabase, ensureDatabase } from "./database";
import { choosePlace } from "./place";
import { type EmbeddedServer, startServer } from "./server";

/** A server that lives as long as a test run or a check, with its data in the system's temporary folder. */
export interface TemporaryServer {
  readonly server: EmbeddedServer;
  /** Makes a database of that name if absent, with this version's tables, or those of the given migrations. */
  readonly makeMigrated: (name: string, scripts?: readonly MigrationScript[]) => Promise<EmbeddedDatabase>;
  /** Stops the server and removes its data. */
  readonly remove: () => Promise<void>;
}

/** Faster and careless of power cuts: nothing of it has to survive. */
const SETTINGS = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "300" };

/** Starts a server of its own in a fresh temporary folder. Works as root as well; see place.ts. */
export async function startTemporaryServer(): Promise<TemporaryServer> {
  const folder = join(resolve(tmpdir()), `countervail-${randomUUID()}`);
  const place = await choosePlace(folder);
  const random = () => randomBytes(24).toString("base64url");
  const secrets = { owner: random(), app: random() };
  const server = await startServer({ place, password: random(), settings: SETTINGS });
  return {
    server,
    makeMigrated: async (name, scripts) => {
      const database = await ensureDatabase(server, secrets, name);
      await migrate(database.ownerUrl, scripts);
      return database;
    },
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      // The cluster is elsewhere when the server's account could not enter the temporary folder.
      if (place.notice !== undefined) await rm(dirname(place.cluster), { recursive: true, force: true });
    },
  };
}
