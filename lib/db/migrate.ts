import type pg from "pg";
import { OperatorError } from "@/lib/operator-error";
import { withConnection } from "./connect";
import { asMigrationList, type MigrationScript, readMigrations, readSchema, SCHEMA_FOLDER } from "./migration-files";
import { auditMayCreate } from "./roles";
import { withSchemaEngine } from "./schema-engine";

/** Advisory lock that keeps two instances from migrating at once. Any number; Prisma's own lock is 72707369. */
export const MIGRATION_LOCK = 7_270_741;

/** Nothing is kept out of comparisons: every table belongs to the Prisma schema. */
const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Brings a database up to this version, as the owner of its tables. Needs the roles of roles.ts. Several instances may
 * call it at once: one works, the others wait. A script runs as one transaction, so one that was interrupted (the server
 * or we were killed) left nothing behind and simply runs again.
 * @param scripts the migrations to apply; all of this version unless given
 * @returns the names of the migrations applied now
 * @throws OperatorError when the database is newer than the code, an applied migration was changed, or one fails
 */
export async function migrate(ownerUrl: string, scripts?: readonly MigrationScript[]): Promise<string[]> {
  const wanted = scripts ?? (await readMigrations());
  return withConnection(ownerUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const { missing, interrupted } = await compareHistory(client, wanted);
    if (missing.length === 0) return [];
    return auditMayCreate(client, () => apply(ownerUrl, wanted, interrupted));
  });
}

/**
 * Compares a migrated database with the Prisma schema.
 * @returns the SQL that would make the database equal to the schema; empty when they agree
 */
export async function schemaDrift(ownerUrl: string): Promise<string> {
  const schema = await readSchema();
  return withSchemaEngine(ownerUrl, async (engine) => {
    const { stdout } = await engine.diff({
      // The database of the adapter that the engine was opened with.
      from: { tag: "schemaDatasource", ...schema, configDir: SCHEMA_FOLDER },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    const sql = stdout?.trim() ?? "";
    return sql === "-- This is an empty migration." ? "" : sql;
  });
}

async function apply(
  ownerUrl: string,
  scripts: readonly MigrationScript[],
  interrupted: readonly string[],
): Promise<string[]> {
  try {
    return await withSchemaEngine(ownerUrl, async (engine) => {
      for (const migrationName of interrupted) await engine.markMigrationRolledBack({ migrationName });
      const migrationsList = asMigrationList(scripts);
      return (await engine.applyMigrations({ migrationsList, filters: FILTERS })).appliedMigrationNames;
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`A migration failed and left nothing behind: ${oneLine(words)}`);
  }
}

/** The engine reports several lines with places in its own source; the first ones say what and which. */
function oneLine(words: string): string {
  const script = /migration_name="([^"]+)"/.exec(words)?.[1];
  const what = words.replace(/^external connector error\s*/, "").split(/\n\s+0:/)[0] ?? words;
  return `${what.replace(/\s+/g, " ").trim()}${script ? ` (${script})` : ""}.`;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** The scripts a database still lacks, and those begun but not finished. @throws OperatorError when they do not fit */
async function compareHistory(
  client: pg.Client,
  scripts: readonly MigrationScript[],
): Promise<{ missing: MigrationScript[]; interrupted: string[] }> {
  const table = await client.query<{ found: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found");
  if (!table.rows[0]?.found) return { missing: [...scripts], interrupted: [] };
  const { rows } = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  const known = new Map(scripts.map((script) => [script.name, script]));
  for (const row of rows) {
    const script = known.get(row.migration_name);
    if (!script) {
      throw new OperatorError(
        `The database is newer than this version of Countervail (it has ${row.migration_name}): run the newer version, or restore a backup made before it.`,
      );
    }
    if (row.finished && script.checksum !== row.checksum) {
      throw new OperatorError(
        `The migration ${row.migration_name} was changed after this database applied it: use the version that made the database (in development: remove the data folder).`,
      );
    }
  }
  const applied = new Set(rows.filter((row) => row.finished).map((row) => row.migration_name));
  const interrupted = rows.filter((row) => !row.finished).map((row) => row.migration_name);
  return { missing: scripts.filter((script) => !applied.has(script.name)), interrupted };
}
