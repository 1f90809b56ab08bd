import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import type { ProtectedTable } from "../support/protected-tables";
import { Random } from "../support/random";
import { tell } from "../support/told-rows";
import { type ArchivedTrail, type FileMutation, fileMutations } from "./archived";
import { type Mutation, mutationsOf, type Row, type Scene } from "./mutations";
import { putTrail, type Stage, setting } from "./put-trail";
import { chainMutations } from "./whole-chains";

const TRAIL = ["audit_head", "audit_event", "audit_change", "audit_shape", "audit_segment", "audit_kept"];
const SHORT = { mutations: 200, files: 30, runs: 10 };
/** Bits that are flipped in each file of a segment. */
const FLIPS = 100;
const RUNS = 1_000;
const WRITERS = 3;

/**
 * Databases with rows in every protected table, of whose trail a part is archived, and of that a part given up. In one, clean runs of the verifier beside writers, in which it may find
 * nothing. In the other, as a superuser for whom neither triggers nor keys hold, one change behind the trail after the
 * other, each in a transaction in which the verifier looks at everything, and which is then rolled back; and one change
 * of a segment's files after the other.
 * @returns the figure
 */
export async function proveStored(short: boolean, seed: number, findings: Findings): Promise<string> {
  const temporary = await startTemporaryServer();
  const folder = await mkdtemp(join(tmpdir(), "countervail-tamper-"));
  const inDatabase = async <T>(name: string, work: (sql: pg.Client, stage: Stage) => Promise<T>): Promise<T> => {
    const logins = await temporary.makeMigrated(name);
    const url = temporary.server.adminUrl(name);
    const database = openDatabase(url, "any");
    try {
      return await withConnection(url, (sql) => work(sql, { database, logins, archive: join(folder, name) }));
    } finally {
      await database.close();
    }
  };
  try {
    const runs = short ? SHORT.runs : RUNS;
    const random = new Random(seed);
    await inDatabase("clean", (sql, stage) => runClean(sql, stage, runs, random, findings));
    const figure = await inDatabase("stored", (sql, stage) => meddle(sql, stage, short, random, findings));
    return `${figure}; ${runs} clean runs beside ${WRITERS} writers`;
  } finally {
    await temporary.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The verifier beside people who write: whatever instant it sees, all of it agrees. */
async function runClean(sql: pg.Client, stage: Stage, runs: number, random: Random, findings: Findings): Promise<void> {
  const { put: all, trail } = await putTrail(sql, stage, random);
  const put = [...all];
  const url = addressOf(sql);
  const write = (client: pg.Client) => {
    const [target, ids] = random.pick(put);
    return tell(client, "system", target, [random.pick(ids)], setting(target));
  };
  const connected = async (writers: readonly pg.Client[]): Promise<void> => {
    if (writers.length < WRITERS) return withConnection(url, (client) => connected([...writers, client]));
    for (let run = 0; run < runs; run += 1) {
      const [report] = await Promise.all([verify(stage.database, trail), ...writers.map(write)]);
      for (const { words } of report.findings) findings.add(`a false alarm in clean run ${run}: ${words}`);
    }
  };
  await connected([]);
}

async function meddle(
  sql: pg.Client,
  stage: Stage,
  short: boolean,
  random: Random,
  findings: Findings,
): Promise<string> {
  const { put, trail, older } = await putTrail(sql, stage, random);
  const { database } = stage;
  const scenes = await readScenes(sql, put);
  const all = [...scenes.flatMap((scene) => mutationsOf(scene, random)), ...older, ...chainsOf(scenes)];
  await dropKeys(sql);
  const kinds = new Map<string, number>();
  const count = ({ kind }: { kind: string }) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  let found = 0;
  const chosen = short ? sample(all, SHORT.mutations, random) : all;
  for (const mutation of chosen) {
    count(mutation);
    if (await isFound(database, trail, mutation, findings)) found += 1;
  }
  const everyFile = fileMutations(trail, short ? 1 : FLIPS, random);
  const files = short ? sample(everyFile, SHORT.files, random) : everyFile;
  for (const mutation of files) {
    count(mutation);
    if (await isFileFound(database, trail, mutation, findings)) found += 1;
  }
  for (const { words } of (await verify(database, trail)).findings)
    findings.add(`after everything was put back: ${words}`);
  const rows = scenes.reduce((sum, scene) => sum + scene.rows.length, 0);
  const list = [...kinds].map(([kind, times]) => `${times} ${kind}`).join(", ");
  return `${found} of ${chosen.length + files.length} changes to ${rows} rows of ${scenes.length} tables and the files of ${trail.segments.length} segments found and named (${list})`;
}

/** Changes a file, lets the verifier look, and puts the file back. @returns whether the verifier named it */
async function isFileFound(
  database: Database,
  trail: ArchivedTrail,
  mutation: FileMutation,
  findings: Findings,
): Promise<boolean> {
  const undo = await mutation.work();
  const report = await verify(database, trail);
  await undo();
  return isNamed(report, mutation, findings);
}

/** Whether a finding names what was changed; said if none does. */
function isNamed(
  report: TrailReport | undefined,
  { kind, what, isNamedBy }: Pick<Mutation, "kind" | "what" | "isNamedBy">,
  findings: Findings,
): boolean {
  if (report?.findings.some(isNamedBy)) return true;
  const said = report?.findings.map(({ words }) => words).slice(0, 3);
  findings.add(`${kind}, ${what}: ${said?.length ? `not named, but: ${said.join(" ")}` : "not found"}`);
  return false;
}

/** Makes the change, lets the verifier look, and takes the change back. @returns whether the verifier named it */
async function isFound(
  database: Database,
  { source }: ArchivedTrail,
  mutation: Mutation,
  findings: Findings,
): Promise<boolean> {
  const { kind, what, sql } = mutation;
  class Undone extends Error {}
  let report: TrailReport | undefined;
  const seen = database.prisma.$transaction(
    async (db) => {
      await db.$executeRaw`SET LOCAL session_replication_role = replica`;
      let changed = 0;
      for (const statement of sql) changed += await db.$executeRawUnsafe(statement);
      if (changed === 0) throw new Error("Nothing was changed.");
      report = await checkTrail({ db } as SystemTx, source);
      throw new Undone();
    },
    { timeout: 240_000 },
  );
  await seen.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw new Error(`${kind}, ${what}: ${String(error)} (${sql.join("; ")})`);
  });
  return isNamed(report, mutation, findings);
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

function sample<T extends { readonly kind: string }>(all: readonly T[], count: number, random: Random): T[] {
  // Of every kind some, and the rest by chance.
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  const some = kinds.flatMap((kind) => {
    const alike = all.filter((one) => one.kind === kind);
    return [0, 1, 2].map(() => random.pick(alike));
  });
  return [...some, ...Array.from({ length: Math.max(0, count - some.length) }, () => random.pick(all))];
}

function verify(database: Database, { source }: ArchivedTrail): Promise<TrailReport> {
  const rest = {
    secrets: NO_SECRETS,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    requestId: "proof",
    url: "",
    address: "unknown",
    actor: null,
  };
  return verifyWholeTrail({ database, clock: systemClock, ...rest }, source);
}

function addressOf(sql: pg.Client): string {
  const { user, password, host, port, database } = sql;
  return `postgresql://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`;
}
