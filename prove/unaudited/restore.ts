import type pg from "pg";

/** Copies tables into a freshly migrated database of another cluster, as a restore from a logical backup does. */
export async function restore(from: pg.Client, into: pg.Client, tables: readonly string[]): Promise<void> {
  await into.query("BEGIN");
  await into.query("SET LOCAL session_replication_role = replica");
  for (const table of tables) {
    const { rows } = await from.query<{ all: string | null }>(
      `SELECT jsonb_agg(to_jsonb(kept))::text AS all FROM "${table}" AS kept`,
    );
    const all = rows[0]?.all ?? "[]";
    await into.query(`INSERT INTO "${table}" SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`, [
      all,
    ]);
  }
  await into.query("COMMIT");
}

/** Lets transactions pass in a cluster until the next one has this number. @returns whether it has */
export async function advanceTo(sql: pg.Client, xid: bigint): Promise<boolean> {
  const next = async () => {
    const { rows } = await sql.query<{ next: string }>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next");
    return BigInt(rows[0]?.next ?? 0);
  };
  await pass(sql, xid - (await next()));
  return (await next()) === xid;
}

/** Lets as many transactions pass. */
export async function pass(sql: pg.Client, count: bigint): Promise<void> {
  await sql.query(`DO $$ BEGIN FOR n IN 1..${count} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`);
}
