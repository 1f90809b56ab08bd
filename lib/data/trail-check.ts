import type { SystemTx } from "@/lib/db/kinds";
import type { ChainEvent } from "@/lib/domain/audit/chain";
import type { EventRecord } from "@/lib/domain/audit/event-record";
import type { StoredRow, ToldRow } from "@/lib/domain/audit/row-states";

/** A chain as it is stored: its recorded end, and how many events carry its name. */
export interface StoredChain {
  /** Null for events that carry no name. */
  readonly logId: string | null;
  readonly size: bigint | null;
  readonly head: Uint8Array | null;
  readonly events: bigint;
}

/** An event with everything that is stored of it. */
export type WholeEvent = ChainEvent & EventRecord;

/** All chains of which an end, an event or a segment is stored; the events counted are those at hand. */
export function storedChains(tx: SystemTx): Promise<StoredChain[]> {
  return tx.db.$queryRaw`
    SELECT coalesce(h.log_id, e.log_id) AS "logId", h.size, h.head, coalesce(e.events, 0) AS events
    FROM audit_head h FULL JOIN (
      SELECT log_id, sum(events)::bigint AS events FROM (
        SELECT log_id, count(*) AS events FROM audit_event GROUP BY log_id
        UNION ALL SELECT DISTINCT log_id, 0 FROM audit_segment UNION ALL SELECT DISTINCT log_id, 0 FROM audit_kept) AS stored
      GROUP BY log_id) AS e ON e.log_id = h.log_id
    ORDER BY 1`;
}

/** A stretch of a chain in its order, whole. */
export async function wholeEvents(tx: SystemTx, logId: string, from: bigint, count: number): Promise<WholeEvent[]> {
  type Row = Omit<WholeEvent, "rows"> & {
    readonly rows: readonly (readonly [string, string, number | null, string])[];
  };
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT e.seq, coalesce(e.prev_hash, '') AS "prevHash", coalesce(e.entry_hash, '') AS "entryHash",
      coalesce(e.payload, '') AS payload, e.at, e.action, e.tx_token AS "txToken",
      e.actor_id AS "actorId", e.engagement_id AS "engagementId", e.worksheet_id AS "worksheetId", (
        SELECT coalesce(jsonb_agg(jsonb_build_array(c.table_name, c.row_id, c.number, c.state)), '[]')
        FROM audit_change c WHERE c.log_id = e.log_id AND c.seq = e.seq) AS rows
    FROM audit_event e WHERE e.log_id = ${logId} AND e.seq >= ${from} ORDER BY e.seq LIMIT ${count}`;
  return rows.map(({ rows: named, ...event }) => ({
    ...event,
    rows: named.map(([table, id, number, state]): ToldRow => ({ table, id, number, state })),
  }));
}

/** Rows that are stored as named by an event that there is not. */
export function changesWithoutEvent(
  tx: SystemTx,
): Promise<{ logId: string | null; seq: bigint | null; table: string | null; id: string | null }[]> {
  return tx.db.$queryRaw`
    SELECT c.log_id AS "logId", c.seq, c.table_name AS table, c.row_id AS id FROM audit_change c
    WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.log_id = c.log_id AND e.seq = c.seq)
      AND NOT EXISTS (SELECT FROM audit_segment s WHERE s.log_id = c.log_id AND s.from_seq <= c.seq AND s.to_seq > c.seq)
    ORDER BY 1, 2 LIMIT 100`;
}

/** Gaps that are said to be recorded, with the signed record; and this service's name in it. */
export function recordedGaps(tx: SystemTx): Promise<{ id: string | null; record: string | null; service: string }[]> {
  return tx.db.$queryRaw`
    SELECT g.id::text, g.record, (SELECT i.id::text FROM service_identity i) AS service FROM audit_gaps() g`;
}

/**
 * Tables whose changes the database would not ask about, or not about all: each needs both triggers, switched on, and a
 * newest shape that counts all its columns.
 */
export function unguardedTables(tx: SystemTx): Promise<{ table: string; lacks: string }[]> {
  return tx.db.$queryRaw`
    WITH trigger_of AS (SELECT t.tgrelid, p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgenabled = 'O'),
    guarded AS (
      SELECT c.oid, c.relname::text AS name, form.columns FROM pg_class c
      LEFT JOIN LATERAL (SELECT s.columns FROM audit_shape s WHERE s.table_name = c.relname ORDER BY s.shape DESC LIMIT 1) AS form ON true
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (form.columns IS NOT NULL
        OR EXISTS (SELECT FROM trigger_of o WHERE o.tgrelid = c.oid AND o.proname IN ('keep_state', 'require_event'))))
    SELECT name AS table, lacks FROM guarded CROSS JOIN LATERAL (
      SELECT 'the trigger ' || wanted AS lacks FROM unnest(ARRAY['keep_state', 'require_event']) AS wanted
      WHERE NOT EXISTS (SELECT FROM trigger_of o WHERE o.tgrelid = guarded.oid AND o.proname = wanted)
      UNION ALL SELECT 'the column ' || a.attname || ' in its shape' FROM pg_attribute a
      WHERE a.attrelid = guarded.oid AND a.attnum > 0 AND NOT a.attisdropped AND (a.attname = ANY (guarded.columns)) IS NOT TRUE
    ) AS lack ORDER BY 1, 2`;
}

/** All protected rows with their states, as many at a time. They are read from one cursor, so that none is held twice. */
export async function* storedRows(tx: SystemTx, count: number): AsyncGenerator<StoredRow[]> {
  await tx.db.$executeRaw`DECLARE protected_rows NO SCROLL CURSOR FOR
    SELECT table_name AS table, row_id AS id, states FROM audit_row_states()`;
  for (;;) {
    const rows = await tx.db.$queryRawUnsafe<StoredRow[]>(`FETCH ${count} FROM protected_rows`);
    if (rows.length > 0) yield rows;
    if (rows.length < count) break;
  }
  await tx.db.$executeRaw`CLOSE protected_rows`;
}
