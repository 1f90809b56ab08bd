import { randomUUID } from "node:crypto";
import type pg from "pg";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import type { SystemTx } from "@/lib/db/kinds";
import { NO_MAIL } from "@/lib/mail/mailer";
import { checkTrail, type TrailReport, verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { NO_SIGNER } from "@/lib/signing/client";
import { findTables } from "../rls/fill";
import type { Findings } from "../support/findings";
import { columnOf, type ProtectedTable } from "../support/protected-tables";
import { Random } from "../support/random";
import { putToldRows, tell } from "../support/told-rows";
import { type Mutation, mutationsOf, type Row, type Scene } from "./mutations";
import { chainMutations } from "./whole-chains";

const TRAIL = ["audit_head", "audit_event", "audit_change", "audit_shape"];
const SHORT = { mutations: 250, runs: 10 };
const RUNS = 1_000;
const WRITERS = 3;

/**
 * Databases with rows in every protected table. In one, clean runs of the verifier beside writers, in which it may find
 * nothing. In the other, as a superuser for whom neither triggers nor keys hold, one change behind the trail after the
 * other, each in a transaction in which the verifier looks at everything, and which is then rolled back.
 * @returns the figure
 */
export async function proveStored(short: boolean, seed: number, findings: Findings): Promise<string> {
  const temporary = await startTemporaryServer();
  const inDatabase = async <T>(name: string, work: (sql: pg.Client, database: Database) => Promise<T>): Promise<T> => {
    await temporary.makeMigrated(name);
    const url = temporary.server.adminUrl(name);
    const database = openDatabase(url, "any");
    try {
      return await withConnection(url, (sql) => work(sql, database));
    } finally {
      await database.close();
    }
  };
  try {
    const runs = short ? SHORT.runs : RUNS;
    const random = new Random(seed);
    await inDatabase("clean", (sql, database) => runClean(sql, database, runs, random, findings));
    const figure = await inDatabase("stored", (sql, database) => meddle(sql, database, short, random, findings));
    return `${figure}; ${runs} clean runs beside ${WRITERS} writers`;
  } finally {
    await temporary.remove();
  }
}

/** The verifier beside people who write: whatever instant it sees, all of it agrees. */
async function runClean(
  sql: pg.Client,
  database: Database,
  runs: number,
  random: Random,
  findings: Findings,
): Promise<void> {
  const put = [...(await putToldRows(sql, random))];
  const url = addressOf(sql);
  const write = (client: pg.Client) => {
    const [target, ids] = random.pick(put);
    return tell(client, "system", target, [random.pick(ids)], setting(target));
  };
  const connected = async (writers: readonly pg.Client[]): Promise<void> => {
    if (writers.length < WRITERS) return withConnection(url, (client) => connected([...writers, client]));
    for (let run = 0; run < runs; run += 1) {
      const [report] = await Promise.all([verify(database), ...writers.map(write)]);
      for (const { words } of report.findings) findings.add(`a false alarm in clean run ${run}: ${words}`);
    }
  };
  await connected([]);
}

async function meddle(
  sql: pg.Client,
  database: Database,
  short: boolean,
  random: Random,
  findings: Findings,
): Promise<string> {
  const put = await putToldRows(sql, random);
  const older = await changeSome(sql, put, random);
  const scenes = await readScenes(sql, put);
  const all = [...scenes.flatMap((scene) => mutationsOf(scene, random)), ...older, ...chainsOf(scenes)];
  await dropKeys(sql);
  const kinds = new Map<string, number>();
  let found = 0;
  const chosen = short ? sample(all, SHORT.mutations, random) : all;
  for (const mutation of chosen) {
    if (await isFound(database, mutation, findings)) found += 1;
    kinds.set(mutation.kind, (kinds.get(mutation.kind) ?? 0) + 1);
  }
  for (const { words } of (await verify(database)).findings) findings.add(`after everything was rolled back: ${words}`);
  const rows = scenes.reduce((sum, scene) => sum + scene.rows.length, 0);
  const list = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ");
  return `${found} of ${chosen.length} changes to ${rows} rows of ${scenes.length} tables found and named (${list})`;
}

/** Makes the change, lets the verifier look, and takes the change back. @returns whether the verifier named it */
async function isFound(
  database: Database,
  { kind, what, sql, isNamedBy }: Mutation,
  findings: Findings,
): Promise<boolean> {
  class Undone extends Error {}
  let report: TrailReport | undefined;
  const seen = database.prisma.$transaction(
    async (db) => {
      await db.$executeRaw`SET LOCAL session_replication_role = replica`;
      let changed = 0;
      for (const statement of sql) changed += await db.$executeRawUnsafe(statement);
      if (changed === 0) throw new Error("Nothing was changed.");
      report = await checkTrail({ db } as SystemTx);
      throw new Undone();
    },
    { timeout: 60_000 },
  );
  await seen.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw new Error(`${kind}, ${what}: ${String(error)} (${sql.join("; ")})`);
  });
  if (report?.findings.some(isNamedBy)) return true;
  const said = report?.findings.map(({ words }) => words).slice(0, 3);
  findings.add(`${kind}, ${what}: ${said?.length ? `not named, but: ${said.join(" ")}` : "not found"}`);
  return false;
}

/** Some rows get another value twice, some go, and some events tell of no row. @returns the ways back to an older value */
async function changeSome(
  sql: pg.Client,
  put: ReadonlyMap<ProtectedTable, string[]>,
  random: Random,
): Promise<Mutation[]> {
  const { rows: logs } = await sql.query<{ log_id: string }>("SELECT log_id FROM audit_head");
  const log = () => random.pick(logs).log_id;
  const older: Mutation[] = [];
  for (const [target, [id = "", , gone = ""]] of put) {
    const { table, key, field } = target;
    const column = `"${columnOf(field)}"`;
    const where = `WHERE "${key}"::text = '${id}'`;
    const values: string[] = [];
    for (let change = 0; change < 2; change += 1) {
      const { rows } = await sql.query<{ value: string }>(`SELECT ${column}::text AS value FROM "${table}" ${where}`);
      values.push(rows[0]?.value ?? "");
      await tell(sql, log(), target, [id], setting(target));
    }
    await tell(sql, log(), target, []);
    if (gone) await tell(sql, log(), target, [gone], `DELETE FROM "${table}"`);
    const isNamedBy: Mutation["isNamedBy"] = (finding) => finding.table === table && finding.id === id;
    for (const value of values) {
      const back = `UPDATE "${table}" SET ${column} = '${value}' ${where}`;
      older.push({ kind: "an older state", what: `${table} ${id}`, sql: [back], isNamedBy });
    }
  }
  return older;
}

function setting({ table, field }: ProtectedTable): string {
  return `UPDATE "${table}" SET "${columnOf(field)}" = '${randomUUID()}'`;
}

async function readScenes(sql: pg.Client, put: ReadonlyMap<ProtectedTable, string[]>): Promise<Scene[]> {
  const keys = new Map([...put.keys()].map(({ table, key }) => [table, key]));
  const scenes: Scene[] = [];
  for (const table of await findTables(sql)) {
    const key = keys.get(table.name) ?? null;
    if (key === null && !TRAIL.includes(table.name)) continue;
    const { rows } = await sql.query<Row>(
      `SELECT ctid::text, to_jsonb(kept) AS values FROM "${table.name}" AS kept ORDER BY ctid`,
    );
    scenes.push({ table, key, rows: table.name === "audit_shape" ? shapesInUse(rows) : rows });
  }
  return scenes;
}

/** The newest shape of each table: rows that were put down here have no state in one before it, and nothing rests on it. */
function shapesInUse(rows: readonly Row[]): Row[] {
  const newest = new Map<unknown, number>();
  for (const { values } of rows) {
    newest.set(values.table_name, Math.max(Number(values.shape), newest.get(values.table_name) ?? 0));
  }
  return rows.filter(({ values }) => newest.get(values.table_name) === Number(values.shape));
}

function chainsOf(scenes: readonly Scene[]): Mutation[] {
  const named = (name: string) => scenes.find(({ table }) => table.name === name);
  const [heads, events] = [named("audit_head"), named("audit_event")];
  return heads && events ? chainMutations(heads, events) : [];
}

/** Who owns the database can take the keys away, and then double rows and empty fields as they like. */
async function dropKeys(sql: pg.Client): Promise<void> {
  await sql.query(`DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT conrelid::regclass AS guarded, conname FROM pg_constraint WHERE contype IN ('p', 'u')
      AND connamespace = 'public'::regnamespace LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.guarded, found.conname);
    END LOOP;
    FOR found IN SELECT indexrelid::regclass AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace LOOP
      EXECUTE format('DROP INDEX %s', found.name);
    END LOOP;
    FOR found IN SELECT attrelid::regclass AS guarded, attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND attnum > 0 AND attnotnull AND NOT attisdropped LOOP
      EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', found.guarded, found.attname);
    END LOOP; END $$`);
  // And make room for an event without a number.
  await sql.query("CREATE TABLE countervail_trail.audit_event_rest PARTITION OF audit_event DEFAULT");
  await sql.query("CREATE INDEX ON audit_event (log_id, seq)");
  await sql.query("CREATE INDEX ON audit_change (log_id, seq)");
}

function sample(all: readonly Mutation[], count: number, random: Random): Mutation[] {
  // Of every kind some, and the rest by chance.
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  const some = kinds.flatMap((kind) => {
    const alike = all.filter((one) => one.kind === kind);
    return [0, 1, 2].map(() => random.pick(alike));
  });
  return [...some, ...Array.from({ length: Math.max(0, count - some.length) }, () => random.pick(all))];
}

function verify(database: Database): Promise<TrailReport> {
  const rest = {
    secrets: NO_SECRETS,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    requestId: "proof",
    url: "",
    address: "unknown",
    actor: null,
  };
  return verifyWholeTrail({ database, clock: systemClock, ...rest });
}

function addressOf(sql: pg.Client): string {
  const { user, password, host, port, database } = sql;
  return `postgresql://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`;
}
