import pg from "pg";
import { OperatorError } from "@/lib/operator-error";
import { loginOf, withDatabase } from "./addresses";
import { codeOf, withConnection } from "./connect";
import {
  currentUser,
  ensureAppMember,
  ensureGroups,
  ensureKeeperMember,
  ensureLogin,
  ensureOwnerMember,
  ensureSignerMember,
  ensureWorkerMember,
  grantUsable,
} from "./roles";

/** Addresses that preparing a server needs; all on one server, all but the first with the database to prepare. */
export interface InitAddresses {
  /** Somebody who may create roles (and the database, if it is absent); may be the owner itself. */
  readonly adminUrl: string;
  /** The login that will own the tables. */
  readonly migrationUrl: string;
  /** The application's login. */
  readonly databaseUrl: string;
  /** The signer's login, where there is to be a signer. */
  readonly signerUrl?: string | undefined;
  /** The worker's login, where there is to be a worker. */
  readonly workerUrl?: string | undefined;
  /** The keeper's login, where somebody is to cut and archive the trail. */
  readonly keeperUrl?: string | undefined;
}

const name = pg.escapeIdentifier;

/**
 * Makes groups, logins and database on an external server, and gives the owner what migrations need. May be repeated;
 * passwords of logins that exist are left alone. Needs CREATEROLE, and CREATEDB when the database is absent; no superuser.
 * @returns what was found or made, a line each
 * @throws OperatorError when the administrator lacks a right
 */
export async function initDatabase(addresses: InitAddresses): Promise<string[]> {
  const { adminUrl, migrationUrl, databaseUrl, signerUrl, workerUrl, keeperUrl } = addresses;
  const owner = loginOf(migrationUrl);
  const app = loginOf(databaseUrl);
  if (owner.user === app.user) {
    throw new OperatorError("DATABASE_URL and COUNTERVAIL_MIGRATION_URL need different logins.");
  }
  if (owner.database !== app.database) {
    throw new OperatorError("DATABASE_URL and COUNTERVAIL_MIGRATION_URL have to name the same database.");
  }
  const signer = ownLogin("COUNTERVAIL_SIGNER_DATABASE_URL", signerUrl, [owner, app]);
  const signers = [owner, app, ...(signer ? [signer] : [])];
  const worker = ownLogin("COUNTERVAIL_WORKER_DATABASE_URL", workerUrl, signers);
  const keeper = ownLogin("COUNTERVAIL_KEEPER_DATABASE_URL", keeperUrl, [...signers, ...(worker ? [worker] : [])]);
  const lines: string[] = [];
  await withConnection(adminUrl, async (client) => {
    await ensureGroups(client);
    await ensureLogin(client, migrationUrl);
    await ensureLogin(client, databaseUrl);
    if (signerUrl !== undefined) await ensureLogin(client, signerUrl);
    if (workerUrl !== undefined) await ensureLogin(client, workerUrl);
    if (keeperUrl !== undefined) await ensureLogin(client, keeperUrl);
    await ensureOwnerMember(client, owner.user);
    await ensureAppMember(client, app.user);
    if (signer) await ensureSignerMember(client, signer.user);
    if (worker) await ensureWorkerMember(client, worker.user);
    if (keeper) await ensureKeeperMember(client, keeper.user);
    const others = Object.entries({ signer, worker, keeper })
      .map(([whose, login]) => (login ? `, ${login.user} the ${whose}'s` : ""))
      .join("");
    lines.push(`Logins: ${owner.user} owns the tables, ${app.user} is the application's${others}.`);
    const made = await ensureDatabase(client, owner.database, owner.user);
    lines.push(`Database: ${owner.database} ${made ? "was made" : "was there"}.`);
  });
  await withConnection(withDatabase(adminUrl, owner.database), async (client) => {
    await giveSchema(client, owner.user, app.user);
    for (const one of [signer, worker, keeper]) {
      if (one) await client.query(`GRANT CONNECT ON DATABASE ${name(owner.database)} TO ${name(one.user)}`);
    }
  });
  await withConnection(migrationUrl, async (client) => ensureGroups(client));
  await withConnection(databaseUrl, async () => undefined);
  if (signerUrl !== undefined) await withConnection(signerUrl, async () => undefined);
  if (workerUrl !== undefined) await withConnection(workerUrl, async () => undefined);
  if (keeperUrl !== undefined) await withConnection(keeperUrl, async () => undefined);
  lines.push("The logins work. Start Countervail with the same addresses.");
  return lines;
}

type Login = ReturnType<typeof loginOf>;

/** A login for one purpose. @throws OperatorError when it is not one of its own, or of another database */
function ownLogin(setting: string, url: string | undefined, others: readonly Login[]): Login | null {
  if (url === undefined) return null;
  const login = loginOf(url);
  if (others.some((other) => other.user === login.user || other.database !== login.database)) {
    throw new OperatorError(`${setting} needs a login of its own on the same database.`);
  }
  return login;
}

async function ensureDatabase(client: pg.Client, database: string, owner: string): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
  if (rowCount === 1) return false;
  const admin = await currentUser(client);
  try {
    // Giving a database to another role asks for membership in that role.
    if (admin !== owner) await client.query(await grantUsable(client, owner, admin));
    await client.query(`CREATE DATABASE ${name(database)} OWNER ${name(owner)}`);
  } catch (error) {
    if (codeOf(error) !== "42501") throw error;
    throw new OperatorError(`The login "${admin}" may not create the database ${database}: create it, then try again.`);
  }
  return true;
}

/**
 * Lets the owner make objects in the database and pass that right on (the audit group needs it while migrating), and the
 * application connect. Somebody else's grants that suffice already are left as they are.
 */
async function giveSchema(client: pg.Client, owner: string, app: string): Promise<void> {
  const { rows } = await client.query<{ database: string; suffices: boolean }>(
    `SELECT current_database() AS database,
            has_schema_privilege($1, 'public', 'CREATE WITH GRANT OPTION')
        AND has_database_privilege($1, current_database(), 'CREATE')
        AND has_database_privilege($2, current_database(), 'CONNECT') AS suffices`,
    [owner, app],
  );
  const [found] = rows;
  if (!found || found.suffices) return;
  const database = name(found.database);
  try {
    await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${name(owner)} WITH GRANT OPTION`);
    await client.query(`GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${database} TO ${name(owner)}`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${name(app)}`);
  } catch (error) {
    if (codeOf(error) !== "42501") throw error;
    throw new OperatorError(
      `The login "${await currentUser(client)}" does not own the database ${found.database}: run this as its owner, or with the name of a database that does not exist yet.`,
    );
  }
}
