import type pg from "pg";
import { withConnection } from "@/lib/db/connect";
import { toHex } from "@/lib/domain/proof/bytes";
import { OperatorError } from "@/lib/operator-error";
import { type BackupManifest, type TableCopy, tablePath } from "./format";
import { counted, listTables, PLAIN_VALUES, rowsOf } from "./tables";
import type { FolderWriter } from "./write-folder";

/** What is known of a database once it was copied. */
export type DatabaseCopy = Omit<BackupManifest, "type" | "list">;

/** Whom the owner of the tables becomes to see every row (prisma/migrations/0016_backup). */
const KEEPER = "countervail_audit";

/** A table of which the keeper may not read everything, whatever the policies of others say. */
const UNSEEN = `
  SELECT c.relname::text AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1) AND (
    NOT has_table_privilege($2::name, c.oid, 'SELECT')
    OR (c.relrowsecurity AND (NOT EXISTS (
        SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname AND p.permissive = 'PERMISSIVE'
          AND p.cmd IN ('ALL', 'SELECT') AND $2::name = ANY (p.roles) AND p.qual IN ('true', '(CURRENT_USER = ''' || $2 || '''::name)'))
      OR EXISTS (
        SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname AND p.permissive = 'RESTRICTIVE'
          AND p.cmd IN ('ALL', 'SELECT') AND p.roles && ARRAY[$2, 'public']::name[]))))
  ORDER BY 1`;

/**
 * Copies all rows of all tables as they are at one instant, beside everybody who works on them. Tables stream through;
 * nothing is held.
 * @param ownerUrl the login that owns the tables
 * @throws OperatorError when there is a table that could not be read wholly
 */
export function copyDatabase(ownerUrl: string, writer: FolderWriter): Promise<DatabaseCopy> {
  return withConnection(ownerUrl, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Before the snapshot: a range of the trail that is emptied and dropped meanwhile would be missing from it.
    await client.query("LOCK TABLE audit_event IN ACCESS SHARE MODE");
    await client.query(PLAIN_VALUES);
    const migrations = await appliedMigrations(client);
    const tables = await listTables(client);
    const { rows: unseen } = await client.query<{ name: string }>(UNSEEN, [tables.map((table) => table.name), KEEPER]);
    if (unseen[0]) {
      throw new OperatorError(
        `The table ${unseen[0].name} cannot be read wholly: its migration has to call backup_reads('${unseen[0].name}').`,
      );
    }
    const { rows: instant } = await client.query<{ at: Date }>("SELECT now() AS at");
    await client.query(`SET LOCAL ROLE ${KEEPER}`);
    const copies: TableCopy[] = [];
    for (const table of tables) {
      const tally = { rows: 0 };
      const { sha256 } = await writer.add(tablePath(table.name), counted(rowsOf(client, table), tally));
      copies.push({ name: table.name, columns: [...table.columns], rows: tally.rows, sha256 });
    }
    const about = { service: await serviceOf(client), chains: await chainsOf(client) };
    await client.query("SET LOCAL ROLE NONE");
    const sequences = await sequencesOf(client);
    await client.query("COMMIT");
    return { ...about, at: (instant[0]?.at ?? new Date(0)).toISOString(), migrations, tables: copies, sequences };
  });
}

async function appliedMigrations(client: pg.Client): Promise<BackupManifest["migrations"]> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  if (rows.some(({ finished }) => !finished)) {
    throw new OperatorError(
      "A migration of this database was interrupted: start Countervail first, which finishes it.",
    );
  }
  return rows.map(({ name, checksum }) => ({ name, checksum }));
}

async function serviceOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>("SELECT id FROM service_identity");
  return rows[0]?.id ?? "";
}

async function chainsOf(client: pg.Client): Promise<BackupManifest["chains"]> {
  const { rows } = await client.query<{
    log_id: string;
    size: string;
    head: Uint8Array;
    signed: string | null;
    root: Uint8Array | null;
    note: string | null;
  }>(
    `SELECT h.log_id, h.size, h.head, c.size AS signed, c.root, c.note FROM audit_head h
     LEFT JOIN LATERAL (SELECT k.size, k.root, k.note FROM audit_checkpoint k WHERE k.log_id = h.log_id
       ORDER BY k.size DESC LIMIT 1) AS c ON true ORDER BY 1`,
  );
  return rows.map(({ log_id: logId, size, head, signed, root, note }) => ({
    logId,
    size: Number(size),
    head: toHex(new Uint8Array(head)),
    checkpoint: root && note ? { size: Number(signed), root: toHex(new Uint8Array(root)), note } : null,
  }));
}

async function sequencesOf(client: pg.Client): Promise<BackupManifest["sequences"]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT c.relname::text AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' ORDER BY 1",
  );
  const all: { name: string; value: string; called: boolean }[] = [];
  for (const { name } of rows) {
    const read = await client.query<{ value: string; called: boolean }>(
      `SELECT last_value AS value, is_called AS called FROM public."${name.replaceAll('"', '""')}"`,
    );
    all.push({ name, value: read.rows[0]?.value ?? "1", called: read.rows[0]?.called ?? false });
  }
  return all;
}
