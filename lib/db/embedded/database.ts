import pg from "pg";
import { databaseUrl } from "../addresses";
import { withConnection } from "../connect";
import {
  ensureAppMember,
  ensureGroups,
  ensureKeeperMember,
  ensureLogin,
  ensureOwnerMember,
  ensureSignerMember,
  ensureWorkerMember,
  setPassword,
} from "../roles";
import type { Secrets } from "./secrets";
import type { EmbeddedServer } from "./server";

/** Login that owns the tables and runs migrations. */
const OWNER = "countervail_owner";

/** Login of the application: member of the group with its rights, owner of nothing. */
const APP = "countervail_app";

/** Login of the signer: it can execute what makes checkpoints, and nothing else. */
const SIGNER = "countervail_signer";

/** Login of the worker: it takes tickets from the queue and makes what was asked for, as whoever asked. */
const WORKER = "countervail_worker";

/** Login of the trail's keeper: it can cut and archive the trail, and nothing else. */
const KEEPER = "countervail_keeper";

/** The passwords of the logins that a database of ours has. */
type Passwords = Pick<Secrets, "owner" | "app" | "signer" | "worker" | "keeper">;

/** Addresses of a database on the embedded server. */
export interface EmbeddedDatabase {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly signerUrl: string;
  readonly workerUrl: string;
  readonly keeperUrl: string;
}

/** The addresses of a database on the embedded server of that port. */
export function embeddedAddresses(port: number, secrets: Passwords, database = "countervail"): EmbeddedDatabase {
  const at = (user: string, password: string) => databaseUrl({ host: "127.0.0.1", port, user, password, database });
  return {
    appUrl: at(APP, secrets.app),
    ownerUrl: at(OWNER, secrets.owner),
    signerUrl: at(SIGNER, secrets.signer),
    workerUrl: at(WORKER, secrets.worker),
    keeperUrl: at(KEEPER, secrets.keeper),
  };
}

/**
 * Makes sure of roles, logins and a database of that name on the embedded server; may be repeated.
 * @returns its addresses for the application, the owner, the signer, the worker and the keeper
 */
export async function ensureDatabase(
  server: EmbeddedServer,
  secrets: Passwords,
  database = "countervail",
): Promise<EmbeddedDatabase> {
  const addresses = embeddedAddresses(server.port, secrets, database);
  await withConnection(server.adminUrl("postgres"), async (client) => {
    await ensureGroups(client);
    await ensureLogin(client, addresses.ownerUrl);
    await ensureLogin(client, addresses.appUrl);
    await ensureLogin(client, addresses.signerUrl);
    await ensureLogin(client, addresses.workerUrl);
    await ensureLogin(client, addresses.keeperUrl);
    await setPassword(client, OWNER, secrets.owner);
    await setPassword(client, APP, secrets.app);
    await setPassword(client, SIGNER, secrets.signer);
    await setPassword(client, WORKER, secrets.worker);
    await setPassword(client, KEEPER, secrets.keeper);
    await ensureOwnerMember(client, OWNER);
    await ensureAppMember(client, APP);
    await ensureSignerMember(client, SIGNER);
    await ensureWorkerMember(client, WORKER);
    await ensureKeeperMember(client, KEEPER);
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${OWNER}`);
      // By default everyone may connect and make temporary tables.
      await client.query(`REVOKE ALL ON DATABASE ${pg.escapeIdentifier(database)} FROM PUBLIC`);
    }
    // Said each time: a database of an earlier version lets signer, worker and keeper in as well.
    await client.query(
      `GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${APP}, ${SIGNER}, ${WORKER}, ${KEEPER}`,
    );
  });
  return addresses;
}
