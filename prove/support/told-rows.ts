import { randomUUID } from "node:crypto";
import type pg from "pg";
import { makeCast } from "../rls/cast";
import { findTables, insertion, rowsOf } from "../rls/fill";
import { TABLES } from "../rls/tables";
import { type ProtectedTable, protectedTables } from "./protected-tables";
import type { Random } from "./random";
import { unguarded } from "./sql";

/** An event that told the state of rows, with its transaction. */
export interface Telling {
  readonly logId: string;
  readonly token: string;
  /** The transaction's number. */
  readonly xid: bigint;
}

/** Triggers that look at single rows, and refuse what the proof does for reasons of their own. */
const ROW_RULES = [
  ["sign_off_apart", "sign_off"],
  ["sign_off_stated", "sign_off"],
  ["sign_off_with_criteria", "sign_off"],
  ["criterion_decision_apart", "criterion_decision"],
  ["criterion_decision_changed", "criterion_decision"],
  ["criterion_decision_stays", "criterion_decision"],
  ["worksheet_origin_stays", "worksheet_origin"],
  ["moved_key_set_stays", "moved_key_set"],
  ["revision_whole", "revision"],
  ["control_record_stays", "control_record"],
  ["api_token_stays", "api_token"],
  ["service_account_stays", "service_account"],
  ["blob_stays", "blob"],
  ["blob_kept", "blob"],
  ["evidence_file_stays", "evidence_file"],
  ["signing_key_set_only_grows", "signing_key_set"],
] as const;

/** What an event says beside the rows. */
export interface About {
  readonly at: string;
  readonly action: string;
}

const LATELY: About = { at: "2026-11-24T09:00:00.000Z", action: "test" };

const SIZE = { entities: 2, firms: 1, peopleEach: 2 };

/**
 * Rows in every protected table of an empty database, each told by an event: what proofs play on. Foreign keys and the
 * rules over single tables are taken away, for whoever owns a database can do that, and no attempt is to fail for
 * another reason than the one that is proved.
 * @returns the tables with the ids of their rows
 */
export async function putToldRows(
  sql: pg.Client,
  random: Random,
  about = LATELY,
): Promise<Map<ProtectedTable, string[]>> {
  await dropRules(sql);
  const shapes = new Map((await findTables(sql)).map((table) => [table.name, table]));
  const cast = makeCast(random, SIZE);
  const put = new Map<ProtectedTable, string[]>();
  for (const guarded of await protectedTables(sql)) {
    const [table, rule] = [shapes.get(guarded.table), TABLES[guarded.table]];
    if (!table || !rule) throw new Error(`prove/rls/tables.ts does not know ${guarded.table}.`);
    const ids: string[] = [];
    for (const whose of rowsOf(rule.rows, cast)) {
      const { text, values } = insertion(table, whose);
      const { rows } = await unguarded(sql, () =>
        sql.query<{ id: string }>(`${text} RETURNING "${guarded.key}"::text AS id`, values),
      );
      ids.push(...rows.map(({ id }) => id));
    }
    put.set(guarded, ids);
    const logs = cast.companies.map(({ id }) => `org:${id}`);
    await tell(sql, random.pick([...logs, "system"]), guarded, ids, untouched(guarded), about);
  }
  return put;
}

/** Takes the checks, foreign keys and rules over single rows away: the rows of proofs keep none of them. */
export async function dropRules(sql: pg.Client): Promise<void> {
  await sql.query(`DO $$ DECLARE rule record; BEGIN
    FOR rule IN SELECT conrelid::regclass AS guarded, conname FROM pg_constraint WHERE contype IN ('f', 'c')
      AND connamespace = 'public'::regnamespace LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.guarded, rule.conname);
    END LOOP; END $$`);
  await dropRowRules(sql);
}

/** Takes the rules over single rows away. */
async function dropRowRules(sql: pg.Client): Promise<void> {
  for (const [rule, table] of ROW_RULES) await sql.query(`DROP TRIGGER ${rule} ON ${table}`);
}

/** Changes rows of a table, or writes them as they are, and tells of it by one event. */
export async function tell(
  sql: pg.Client,
  logId: string,
  target: ProtectedTable,
  ids: readonly string[],
  change = untouched(target),
  { at, action } = LATELY,
): Promise<Telling> {
  const token = randomUUID();
  await sql.query("BEGIN");
  await sql.query("SELECT set_config('countervail.tx_token', $1, true)", [token]);
  await sql.query(`${change} WHERE "${target.key}"::text = ANY($1)`, [ids]);
  const { rows } = await sql.query<{ xid: string }>(
    `SELECT pg_current_xact_id()::text AS xid, audit_append($1, jsonb_build_object('v', 1, 'at', $3::text,
       'action', $4::text, 'actorId', gen_random_uuid(), 'engagementId', gen_random_uuid(), 'worksheetId', gen_random_uuid(),
       'tx', $2::text, 'changes', (SELECT coalesce(jsonb_agg(jsonb_build_object(
         'table', table_name, 'id', row_id, 'number', number, 'state', state)), '[]') FROM audit_states()))::text)`,
    [logId, token, at, action],
  );
  await sql.query("COMMIT");
  return { logId, token, xid: BigInt(rows[0]?.xid ?? 0) };
}

/** Writes rows as they are. */
function untouched({ table, key }: ProtectedTable): string {
  return `UPDATE "${table}" SET "${key}" = "${key}"`;
}
