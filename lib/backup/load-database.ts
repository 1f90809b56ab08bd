import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { withConnection } from "@/lib/db/connect";
import { MIGRATION_LOCK } from "@/lib/db/migrate";
import { OperatorError } from "@/lib/operator-error";
import { type BackupManifest, tablePath } from "./format";
import { markRestored } from "./mark-restored";
import type { CheckedFolder } from "./read-folder";
import { digestRows, listTables, PLAIN_VALUES, type TableShape } from "./tables";

const name = pg.escapeIdentifier;

/** Tables in which a migration has left rows of its own. */
const FROM_MIGRATIONS: readonly string[] = ["service_identity", "audit_shape"];

/**
 * Loads a backup into a database of the same migrations that holds nothing else, in one transaction: what is there
 * afterwards is the whole of it, compared row by row and marked as restored, or nothing. Whoever starts Countervail on
 * this database meanwhile waits.
 * @throws OperatorError when the database holds something, or is not the backup's in the end
 */
export function loadDatabase(ownerUrl: string, backup: CheckedFolder<BackupManifest>, now: Date): Promise<void> {
  const { folder, manifest, digest } = backup;
  return withConnection(ownerUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("BEGIN");
    await client.query(PLAIN_VALUES);
    const tables = asCopied(await listTables(client), manifest);
    for (const table of tables) {
      await client.query(`ALTER TABLE ${name(table.name)} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY`);
    }
    await requireEmpty(client, tables);
    for (const table of FROM_MIGRATIONS) await client.query(`DELETE FROM ${name(table)}`);
    for (const table of tables) await load(client, table, folder);
    for (const table of tables) await compare(client, table, manifest);
    for (const { name: sequence, value, called } of manifest.sequences) {
      await client.query("SELECT setval($1::regclass, $2::bigint, $3)", [`public.${name(sequence)}`, value, called]);
    }
    for (const table of tables) await client.query(`ALTER TABLE ${name(table.name)} ENABLE TRIGGER USER`);
    await markRestored(client, { backupAt: manifest.at, backupSha256: digest, now });
    for (const { name: table } of tables.filter(({ forced }) => forced)) {
      await client.query(`ALTER TABLE ${name(table)} FORCE ROW LEVEL SECURITY`);
    }
    await client.query("COMMIT");
  });
}

/**
 * Whether a database holds that backup already, from a restore that was interrupted afterwards.
 * @throws OperatorError when it holds something else
 */
export function isLoaded(ownerUrl: string, digest: string): Promise<boolean> {
  return withConnection(ownerUrl, async (client) => {
    await client.query("BEGIN READ ONLY");
    const { rows } = await client.query<{ gaps: boolean; events: boolean }>(
      "SELECT to_regclass('service_gap') IS NOT NULL AS gaps, to_regclass('audit_head') IS NOT NULL AS events",
    );
    if (rows[0]?.events) await client.query("SET LOCAL ROLE countervail_audit");
    const asked = "SELECT FROM service_gap WHERE backup_sha256 = $1 AND recorded_at IS NULL";
    if (rows[0]?.gaps && (await client.query(asked, [digest])).rowCount !== 0) return true;
    if (rows[0]?.events && (await client.query("SELECT FROM audit_head LIMIT 1")).rowCount !== 0) {
      throw inUse("audit_head");
    }
    return false;
  });
}

function inUse(table: string): OperatorError {
  return new OperatorError(
    `This database is in use already (it has rows in ${table}): a backup is restored into a new one. Name another folder in COUNTERVAIL_DATA, or another database.`,
  );
}

/** The tables with their columns in the order in which they were copied. */
function asCopied(tables: readonly TableShape[], manifest: BackupManifest): TableShape[] {
  requireSameTables(tables, manifest);
  const columnsOf = new Map(manifest.tables.map(({ name: table, columns }) => [table, columns]));
  return tables.map((table) => ({ ...table, columns: columnsOf.get(table.name) ?? table.columns }));
}

function requireSameTables(tables: readonly TableShape[], manifest: BackupManifest): void {
  const words = (all: readonly { name: string; columns: readonly string[] }[]) =>
    all.map(({ name: table, columns }) => `${table}(${[...columns].sort().join(" ")})`);
  const here = words(tables);
  const there = words(manifest.tables);
  const odd = [...here, ...there].find((one) => !here.includes(one) || !there.includes(one));
  if (odd === undefined) return;
  throw new OperatorError(`The tables are not those of the backup: ${odd.split("(")[0]} differs.`);
}

async function requireEmpty(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  for (const { name: table } of tables) {
    if (FROM_MIGRATIONS.includes(table)) continue;
    const { rowCount } = await client.query(`SELECT FROM ${name(table)} LIMIT 1`);
    if (rowCount !== 0) throw inUse(table);
  }
}

async function load(client: pg.Client, table: TableShape, folder: string): Promise<void> {
  const columns = table.columns.map(name).join(", ");
  await pipeline(
    createReadStream(join(folder, tablePath(table.name)), { highWaterMark: 256 * 1024 }),
    client.query(copyFrom(`COPY public.${name(table.name)} (${columns}) FROM STDIN`)),
  );
}

async function compare(client: pg.Client, table: TableShape, manifest: BackupManifest): Promise<void> {
  const { rows, sha256 } = await digestRows(client, table);
  const copied = manifest.tables.find((one) => one.name === table.name);
  if (copied?.rows === rows && copied.sha256 === sha256) return;
  throw new OperatorError(
    `The table ${table.name} is not what the backup holds: ${rows} rows in the place of ${copied?.rows}. Nothing was kept.`,
  );
}
