import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { migrate } from "../migrate";
import type { MigrationScript } from "../migration-files";
import { type EmbeddedDatabase, ensureDatabase } from "./database";
import { choosePlace } from "./place";
import { clearUp } from "./postmaster";
import { isAlive } from "./processes";
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

/** Folders are named by the process that made them, so that those of killed runs are recognised. */
const NAME = /^countervail-test-(\d+)-[0-9a-f]+$/;

/** Starts a server of its own in a fresh temporary folder. Works as root as well; see place.ts. */
export async function startTemporaryServer(): Promise<TemporaryServer> {
  await sweep();
  const folder = join(resolve(tmpdir()), `countervail-test-${process.pid}-${randomBytes(6).toString("hex")}`);
  const place = await choosePlace(folder);
  const random = () => randomBytes(24).toString("base64url");
  const secrets = { owner: random(), app: random(), signer: random(), worker: random(), keeper: random() };
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

/** Removes what runs that were killed left in the temporary folder, their servers included. */
async function sweep(): Promise<void> {
  const home = resolve(tmpdir());
  for (const name of await readdir(home)) {
    const maker = Number(NAME.exec(name)?.[1] ?? 0);
    if (maker === 0 || isAlive(maker)) continue;
    const folder = join(home, name);
    // Another account's leftovers are not ours to remove.
    await clearUp(join(folder, "postgres"))
      .then(() => rm(folder, { recursive: true, force: true }))
      .catch(() => undefined);
  }
}
