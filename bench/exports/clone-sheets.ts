import { withConnection } from "@/lib/db/connect";

/** Tables of a worksheet whose rows are copied, with the columns that get ids of their own or name the copy. */
const TABLES = ["section", "evidence", "worksheet_author", "revision", "worksheet_transition"] as const;

/**
 * Copies the one worksheet of an engagement so many times, with its row, texts, evidence, revisions and moves, past every rule: a bench's
 * own database, where nothing is proved. Each copy has a requirement number of its own.
 */
export function cloneSheets(adminUrl: string, engagementId: string, count: number): Promise<void> {
  return withConnection(adminUrl, async (client) => {
    const run = (sql: string, values: unknown[] = []) => client.query(sql, values);
    await run("SET session_replication_role = replica");
    await run("CREATE TEMP TABLE copy (n int, disposition uuid, worksheet uuid)");
    await run("INSERT INTO copy SELECT n, gen_random_uuid(), gen_random_uuid() FROM generate_series(1, $1) n", [count]);
    const columns = async (table: string, but: readonly string[]) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT quote_ident(column_name) AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND column_name <> ALL ($2)`,
        [table, but],
      );
      return rows.map(({ name }) => name);
    };
    const copy = async (table: string, given: Readonly<Record<string, string>>) => {
      const others = await columns(table, Object.keys(given));
      const named = [...Object.keys(given), ...others].join(", ");
      const values = [...Object.values(given), ...others.map((name) => `t.${name}`)].join(", ");
      await run(`INSERT INTO ${table} (${named}) SELECT ${values} FROM ${table} t, copy WHERE t.engagement_id = $1`, [
        engagementId,
      ]);
    };
    const number = "t.requirement_number || '-' || copy.n";
    // The original is alone in its table when each of them is copied.
    for (const table of TABLES) {
      const own: Record<string, string> = table === "worksheet_author" ? {} : { id: "gen_random_uuid()" };
      await copy(table, { ...own, worksheet_id: "copy.worksheet" });
    }
    await copy("worksheet", { id: "copy.worksheet", disposition_id: "copy.disposition", requirement_number: number });
    await copy("disposition", { id: "copy.disposition", requirement_number: number });
    await run("ANALYZE");
  });
}
