import type pg from "pg";
import { unguarded } from "../support/sql";

/** An event as it stands in a chain. */
export interface SeenEvent {
  readonly logId: string;
  readonly payload: {
    readonly action: string;
    readonly actorId: string | null;
    readonly actorOrganisationId: string | null;
    readonly requestId: string;
    readonly engagementId?: string;
    readonly worksheetId?: string;
    readonly changes: readonly unknown[];
    readonly detail: Readonly<Record<string, unknown>>;
  };
}

/** What happened in the database since the last look. */
export interface Look {
  /** Tables in which a row came, went or was written, if only with what stood there before. */
  readonly tables: readonly string[];
  readonly events: readonly SeenEvent[];
}

/**
 * Not part of what a denial may not touch: the trail, which is looked at by itself, the signer's checkpoints of it, sessions,
 * idempotency keys, and counts of attempts. What webhooks are told goes on while a worker delivers it.
 */
const APART = [
  "audit_event",
  "audit_head",
  "audit_change",
  "audit_checkpoint",
  "session",
  "idempotency_key",
  "rate_limit",
  "webhook_message",
  "webhook_attempt",
];

/**
 * Watches every table of the database and every chain of the trail, and puts rows back as they were in the beginning.
 * Every write of a row makes a new version of it under a newer transaction, so a table that has as many rows as before and
 * none of a newer transaction was not written at all.
 */
export class Watch {
  #marks = new Map<string, string>();
  /** Tables that differ from the beginning. */
  readonly #written = new Set<string>();
  #sizes: Readonly<Record<string, number>> = {};

  private constructor(
    private readonly sql: pg.Client,
    private readonly tables: readonly string[],
  ) {}

  /** Begins to watch, and keeps what stands now. */
  static async begin(sql: pg.Client): Promise<Watch> {
    const { rows } = await sql.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    );
    const tables = rows.map(({ name }) => name).filter((name) => !APART.includes(name));
    for (const name of [...tables, "session"])
      await sql.query(`CREATE TEMP TABLE kept_${name} AS TABLE public.${name}`);
    const watch = new Watch(sql, tables);
    await watch.look();
    watch.#written.clear();
    return watch;
  }

  /** What changed since the last look. */
  async look(): Promise<Look> {
    const marks = await this.#mark();
    const tables = this.tables.filter((name) => marks.get(name) !== this.#marks.get(name));
    this.#marks = marks;
    for (const name of tables) this.#written.add(name);
    // A company's first secret of a column makes its data key, which is an event of the service beside the one asked for.
    const events = (await this.#newEvents()).filter(({ payload }) => payload.action !== "key.created");
    return { tables, events };
  }

  /** Puts back what stood in the beginning, wherever a look has shown something else. */
  async putBack(): Promise<void> {
    if (this.#written.size === 0) return;
    await this.#restore([...this.#written]);
    this.#written.clear();
    this.#marks = await this.#mark();
  }

  /** Puts the sessions back that there were in the beginning, as if their people had just used them. */
  async putSessionsBack(): Promise<void> {
    await this.#restore(["session"]);
    await this.sql.query("UPDATE session SET last_seen_at = now()");
  }

  #restore(tables: readonly string[]): Promise<void> {
    return unguarded(this.sql, async () => {
      for (const name of tables) {
        await this.sql.query(`DELETE FROM public.${name}`);
        await this.sql.query(`INSERT INTO public.${name} SELECT * FROM kept_${name}`);
      }
    });
  }

  async #mark(): Promise<Map<string, string>> {
    const each = this.tables.map(
      (name) => `SELECT '${name}' AS name, count(*) || ' ' || max(xmin::text::bigint) AS mark FROM public.${name}`,
    );
    // Named, so that the long statement is parsed and planned once.
    const { rows } = await this.sql.query<{ name: string; mark: string }>({
      name: "marks",
      text: each.join(" UNION ALL "),
    });
    return new Map(rows.map(({ name, mark }) => [name, mark]));
  }

  async #newEvents(): Promise<SeenEvent[]> {
    const { rows } = await this.sql.query<{ log_id: string; size: string; payloads: string[] | null }>({
      name: "new_events",
      text: `SELECT h.log_id, h.size, (SELECT array_agg(e.payload ORDER BY e.seq) FROM audit_event e
         WHERE e.log_id = h.log_id AND e.seq >= coalesce(($1::jsonb ->> h.log_id)::bigint, 0)) AS payloads
       FROM audit_head h`,
      values: [JSON.stringify(this.#sizes)],
    });
    this.#sizes = Object.fromEntries(rows.map((row) => [row.log_id, Number(row.size)]));
    return rows.flatMap(({ log_id, payloads }) =>
      (payloads ?? []).map((payload) => ({ logId: log_id, payload: JSON.parse(payload) as SeenEvent["payload"] })),
    );
  }
}
