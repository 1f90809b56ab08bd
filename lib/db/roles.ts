import pg from "pg";
import { OperatorError } from "@/lib/operator-error";
import { loginOf } from "./addresses";
import { codeOf } from "./connect";
import { KIND_ROLES } from "./kind-roles";
import { scramVerifier } from "./scram";

/**
 * Group of the application's logins. Its members may become the role of each kind of transaction; neither they nor the
 * group hold a right on tables by themselves, so that a query outside a transaction of a kind finds nothing.
 */
const RW = "countervail_rw";

/** Group that owns the audit log, so that neither the application nor its tables' owner can rewrite it in passing. */
const AUDIT = "countervail_audit";

/** Group of the signer's logins: its members can execute the signer's few functions, and have no right on a table. */
const SIGNING = "countervail_signing";

/** Group of the worker's logins: its members have the queue's tables, and may become the kinds that exports and deliveries work as. */
const JOBS = "countervail_jobs";

/**
 * What a worker becomes: inside an engagement as whoever asked, to look up who that is, for its own two sets of books, and
 * for what everybody is told.
 */
const JOBS_KINDS: readonly string[] = [
  KIND_ROLES.scoped,
  KIND_ROLES.identity,
  KIND_ROLES.exports,
  KIND_ROLES.deliveries,
  KIND_ROLES.public,
];

/** Group of the keeper's logins: its members can execute what cuts and archives the trail, and have no right on a table. */
const KEEPING = "countervail_keeping";

const name = pg.escapeIdentifier;

/**
 * Makes sure of the group roles, of the way from the application's group to those of the kinds, and of the connected
 * owner's right to hand objects to the audit group. Works as superuser, and with CREATEROLE alone on PostgreSQL 15 to 18;
 * when everything is there already, no right is needed. An earlier version's group keeps its members.
 * @throws OperatorError when something is missing and the login may not make it
 */
export async function ensureGroups(client: pg.Client): Promise<void> {
  const kinds = Object.values(KIND_ROLES);
  for (const group of [RW, AUDIT, SIGNING, JOBS, KEEPING, ...kinds]) {
    if (!(await roleExists(client, group))) await attempt(client, `CREATE ROLE ${group} NOLOGIN`);
  }
  await ensureKinds(client, RW, kinds);
  await ensureKinds(client, JOBS, JOBS_KINDS);
  await refuseKinds(
    client,
    JOBS,
    kinds.filter((kind) => !JOBS_KINDS.includes(kind)),
  );
  const owner = await currentUser(client);
  if (!(await isUsableMember(client, owner, AUDIT))) await attempt(client, await grantUsable(client, AUDIT, owner));
}

/**
 * Makes sure that a login exists, with that password when it has to be made; one that exists keeps its password.
 * @param url the address the login will use; its name and password are taken from it
 */
export async function ensureLogin(client: pg.Client, url: string): Promise<void> {
  const { user, password } = loginOf(url);
  if (await roleExists(client, user)) return;
  const isAscii = /^[\x20-\x7e]+$/.test(password);
  const secret = pg.escapeLiteral(isAscii ? scramVerifier(password) : password);
  await attempt(client, `CREATE ROLE ${name(user)} LOGIN PASSWORD ${secret}`);
}

/** Sets a login's password anew, for the embedded server, whose passwords lie in the data folder. */
export async function setPassword(client: pg.Client, user: string, password: string): Promise<void> {
  await attempt(client, `ALTER ROLE ${name(user)} PASSWORD ${pg.escapeLiteral(scramVerifier(password))}`);
}

/**
 * Lets a group become each kind's role without having its rights meanwhile. Up to PostgreSQL 15 whether
 * a member inherits is a property of the member; from 16 on it is one of the membership.
 */
async function ensureKinds(client: pg.Client, group: string, kinds: readonly string[]): Promise<void> {
  const isLater = (await serverVersion(client)) >= 160_000;
  const { rows } = await client.query<{ kind: string }>(
    `SELECT kind FROM unnest($2::text[]) AS kind
     WHERE NOT pg_has_role($1::name, kind::name, $3) OR pg_has_role($1::name, kind::name, 'USAGE')`,
    [group, kinds, isLater ? "SET" : "MEMBER"],
  );
  if (rows.length === 0) return;
  if (!isLater) await attempt(client, `ALTER ROLE ${group} NOINHERIT`);
  const options = isLater ? " WITH INHERIT FALSE, SET TRUE" : "";
  await attempt(client, `GRANT ${rows.map(({ kind }) => name(kind)).join(", ")} TO ${group}${options}`);
}

/** Takes back from a group what an earlier version let it become. */
async function refuseKinds(client: pg.Client, group: string, kinds: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ kind: string }>(
    "SELECT kind FROM unnest($2::text[]) AS kind WHERE pg_has_role($1::name, kind::name, 'MEMBER')",
    [group, kinds],
  );
  if (rows.length === 0) return;
  await attempt(client, `REVOKE ${rows.map(({ kind }) => name(kind)).join(", ")} FROM ${group}`);
}

/** Puts the application's login into the group of the application's logins. */
export async function ensureAppMember(client: pg.Client, user: string): Promise<void> {
  // It only has to become what the group may become: there is nothing to inherit.
  const { rows } = await client.query<{ may: boolean }>("SELECT pg_has_role($1::name, $2::name, $3) AS may", [
    user,
    RW,
    (await serverVersion(client)) >= 160_000 ? "SET" : "MEMBER",
  ]);
  if (!rows[0]?.may) await attempt(client, `GRANT ${RW} TO ${name(user)}`);
}

/** Puts the signer's login into the group of the signer's logins. */
export async function ensureSignerMember(client: pg.Client, user: string): Promise<void> {
  if (!(await isUsableMember(client, user, SIGNING))) await attempt(client, await grantUsable(client, SIGNING, user));
}

/** Puts the worker's login into the group of the worker's logins. */
export async function ensureWorkerMember(client: pg.Client, user: string): Promise<void> {
  if (!(await isUsableMember(client, user, JOBS))) await attempt(client, await grantUsable(client, JOBS, user));
}

/** Puts the keeper's login into the group of the keeper's logins. */
export async function ensureKeeperMember(client: pg.Client, user: string): Promise<void> {
  if (!(await isUsableMember(client, user, KEEPING))) await attempt(client, await grantUsable(client, KEEPING, user));
}

/** Lets a login, the owner, hand objects to the audit group. */
export async function ensureOwnerMember(client: pg.Client, user: string): Promise<void> {
  if (!(await isUsableMember(client, user, AUDIT))) await attempt(client, await grantUsable(client, AUDIT, user));
}

/**
 * Runs work during which the audit group may create objects in the schema: PostgreSQL asks that of the new owner when an
 * object changes hands. Afterwards the right is gone again.
 */
export async function auditMayCreate<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await attempt(client, `GRANT USAGE, CREATE ON SCHEMA public TO ${AUDIT}`);
  try {
    return await work();
  } finally {
    await client.query(`REVOKE CREATE ON SCHEMA public FROM ${AUDIT}`);
  }
}

/** Whether a role of that name exists. */
export async function roleExists(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  return rowCount === 1;
}

/** The login of this connection. */
export async function currentUser(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ user: string }>('SELECT current_user AS "user"');
  return rows[0]?.user ?? "";
}

/**
 * The statement that makes a login a member with all of the group's rights. From PostgreSQL 16 on, who creates a role
 * administers it without being a full member, so inheriting and becoming it (SET) are said in words.
 */
export async function grantUsable(client: pg.Client, group: string, login: string): Promise<string> {
  const options = (await serverVersion(client)) >= 160_000 ? " WITH INHERIT TRUE, SET TRUE" : "";
  return `GRANT ${name(group)} TO ${name(login)}${options}`;
}

/** Whether a login has the group's rights and, from PostgreSQL 16 on, may also become it. */
async function isUsableMember(client: pg.Client, login: string, group: string): Promise<boolean> {
  const asks = (await serverVersion(client)) >= 160_000 ? ["USAGE", "SET"] : ["USAGE", "MEMBER"];
  const { rows } = await client.query<{ usable: boolean }>(
    "SELECT bool_and(pg_has_role($1::name, $2::name, ask)) AS usable FROM unnest($3::text[]) AS ask",
    [login, group, asks],
  );
  return rows[0]?.usable ?? false;
}

/** The server's version as a number, such as 180004. */
export async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  return rows[0]?.version ?? 0;
}

/** Runs a statement; a missing right becomes a sentence, and a role that another instance has just made is fine. */
async function attempt(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (codeOf(error) === "42710") return;
    if (codeOf(error) !== "42501") throw error;
    throw new OperatorError(
      `The login "${await currentUser(client)}" may not prepare the database's roles: run npm run db:init once with an administrator's address (docs/operator-guide.md says how).`,
    );
  }
}
