import type pg from "pg";
import { withConnection } from "@/lib/db/connect";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { KIND_ROLES } from "@/lib/db/kind-roles";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { inStance } from "@/test/in-stance";
import { checkAttempts } from "./rls/attempts";
import { type Cast, makeCast } from "./rls/cast";
import { findTables, insertion, rowsOf, type Table } from "./rls/fill";
import { keyOf, Look, Rights, type Rows, type Tally } from "./rls/look";
import { APART, CATALOGUE, TABLES } from "./rls/tables";
import { viewersOf } from "./rls/viewers";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { unguarded } from "./support/sql";

const SHORT = { entities: 2, firms: 2, peopleEach: 2 };
const LONG = { entities: 4, firms: 3, peopleEach: 3 };

/**
 * The database by itself, without any condition of the application: companies with rows in every table, and every kind
 * of transaction as everybody. Each reads, changes and deletes whole tables and brings in rows of others; what is to be
 * seen is written down beside the policies (rls/tables.ts), and the proof fails as well when something of one's own is
 * hidden, or when a table is named nowhere.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const temporary = await startTemporaryServer();
  try {
    const database = await temporary.makeMigrated("rls");
    await loadCatalogue(database.ownerUrl);
    const random = new Random(seed);
    const cast = makeCast(random, short ? SHORT : LONG);
    const put = await withConnection(temporary.server.adminUrl("rls"), (sql) => putDown(sql, cast, findings));
    return await withConnection(database.appUrl, async (sql) => {
      const tally: Tally = { reads: 0, foreignHidden: 0, ownSeen: 0, writes: 0, insertsRefused: 0, insertsTaken: 0 };
      const look = new Look(sql, await Rights.read(sql), cast, findings, tally, random, short ? 2 : 20);
      const viewers = viewersOf(cast);
      for (const viewer of viewers) for (const [table, rows] of put) await look.at(table, rows, viewer);
      await checkBareLogin(sql, [...put.keys()], findings);
      await checkCatalogue(sql, findings);
      const attempts = await checkAttempts(sql, cast, findings);
      findings.expect(tally.ownSeen > 0 && tally.insertsTaken > 0, "nobody sees or brings in anything");
      return findings.result(
        `${tally.reads} reads of ${put.size} whole tables as ${viewers.length} viewers: ${tally.foreignHidden} foreign rows, none seen, all ${tally.ownSeen} of one's own seen; ${tally.writes} unconditioned changes and deletions reached no foreign row; ${tally.insertsRefused} foreign rows and ${attempts} single attempts refused`,
      );
    });
  } finally {
    await temporary.remove();
  }
};

/** Puts rows into every table, and names the tables of which nobody said whose their rows are. */
async function putDown(sql: pg.Client, cast: Cast, findings: Findings): Promise<Map<Table, Rows>> {
  const put = new Map<Table, Rows>();
  for (const table of await findTables(sql)) {
    if (CATALOGUE.includes(table.name) || APART.includes(table.name)) continue;
    const rule = TABLES[table.name];
    if (!rule) {
      findings.add(`${table.name}: prove/rls/tables.ts does not say whose its rows are`);
      continue;
    }
    const rows = new Map();
    for (const whose of rowsOf(rule.rows, cast)) {
      const { text, values } = insertion(table, whose);
      const { rows: made } = await unguarded(sql, () =>
        sql.query<{ key: string }>(`${text} RETURNING ${keyOf(table)} AS key`, values),
      );
      rows.set(made[0]?.key, whose);
    }
    findings.expect(rows.size > 0, `${table.name} has no rows`);
    put.set(table, rows);
  }
  return put;
}

/** The login itself, before it becomes anything, has no right on any table. */
async function checkBareLogin(sql: pg.Client, tables: readonly Table[], findings: Findings): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
         OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))`,
  );
  for (const { name } of rows) findings.add(`the application's login has rights on ${name} by itself`);
  for (const { name } of tables) {
    const code = await sql.query(`SELECT * FROM "${name}"`).then(
      () => "",
      (error: { code?: string }) => error.code,
    );
    findings.expect(code === "42501", `the application's login reads ${name} by itself`);
  }
}

/** The catalogue is there for every kind but a worker's books, and for none to change. */
async function checkCatalogue(sql: pg.Client, findings: Findings): Promise<void> {
  for (const kind of Object.keys(KIND_ROLES) as (keyof typeof KIND_ROLES)[]) {
    for (const table of CATALOGUE) {
      const read = () => inStance(sql, { kind }, async () => (await sql.query(`SELECT FROM ${table}`)).rowCount);
      const count = await read().catch(() => null);
      findings.expect(
        (count !== null && count > 0) !== ["exports", "deliveries"].includes(kind),
        `${kind} reads ${count} rows of ${table}`,
      );
      const code = await inStance(sql, { kind }, () =>
        sql.query(`DELETE FROM ${table}`).then(
          () => "",
          (error: { code?: string }) => error.code,
        ),
      );
      findings.expect(code === "42501", `${kind} may delete from ${table}`);
    }
  }
}
