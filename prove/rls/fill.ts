import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { type Cast, type Company, type Play, type Player, sidesOf } from "./cast";
import type { Shape, Whose } from "./tables";

/** A column as the database describes it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** A table with its columns and those of its primary key. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

/** All tables of the database. */
export async function findTables(sql: pg.Client): Promise<Table[]> {
  const { rows } = await sql.query<{ table: string; name: string; type: string; optional: boolean; keyed: boolean }>(`
    SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
           NOT a.attnotnull AS optional, coalesce(a.attnum = ANY (i.indkey), false) AS keyed
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname, a.attnum`);
  const tables = new Map<string, { columns: Column[]; key: string[] }>();
  for (const { table, name, type, optional, keyed } of rows) {
    const known = tables.get(table) ?? { columns: [], key: [] };
    known.columns.push({ name, type, optional });
    if (keyed) known.key.push(name);
    tables.set(table, known);
  }
  return [...tables].map(([name, parts]) => ({ name, ...parts }));
}

/** The rows that a table is to get, by whose they are. */
export function rowsOf(shape: Shape, { companies, players, plays }: Cast): Whose[] {
  switch (shape) {
    case "company":
      return companies.map((company) => ({ company }));
    case "person":
      return players.map((player) => ({ player, company: player.company }));
    case "engagement":
      return plays.map((play) => ({ play, player: play.members[0] ?? someoneOf(play, players) }));
    case "member":
      return plays.flatMap((play) => play.members.map((player) => ({ play, player })));
    case "invitation":
      return companies.map((company) => ({ company, player: players.find((one) => one.company === company) }) as Whose);
    case "discussion":
      return plays.flatMap((play) =>
        [null, ...sidesOf(play)].map((privateTo) => ({ play, privateTo, player: someoneOf(play, players) })),
      );
    case "event":
      return [
        ...plays.map((play) => ({ play, log: play.owner, player: someoneOf(play, players) })),
        ...companies.map((log) => ({ log })),
        { log: "system" },
      ];
    case "chain":
      return companies.map((log) => ({ log }));
    case "change":
      return [{}];
  }
}

function someoneOf(play: Play, players: readonly Player[]): Player {
  const player = players.find((one) => one.company === play.owner);
  if (!player) throw new Error("A company has no people.");
  return player;
}

/**
 * Values for a new row of a table, by what its columns are called; whatever has no meaning here is random, so that no
 * unique key stands in the way.
 */
export function valuesFor(table: Table, whose: Whose): Map<string, string | null> {
  return new Map(table.columns.map((column) => [column.name, valueFor(table, column, whose)]));
}

function valueFor(table: Table, column: Column, whose: Whose): string | null {
  const known = meaningOf(table.name, column.name, whose);
  if (known !== undefined) return known;
  if (/(^|_)(user|by|signer|owner|actor)_id$/.test(column.name)) return whose.player?.id ?? randomUUID();
  if (column.optional) return null;
  if (column.type === "uuid") return randomUUID();
  if (/^(text|character)/.test(column.type)) return column.type.endsWith("[]") ? "{}" : randomUUID();
  if (/^(integer|bigint|smallint)$/.test(column.type)) return "1";
  if (column.type === "boolean") return "false";
  if (/^(date|timestamp)/.test(column.type)) return "2026-11-24";
  if (/^jsonb?$/.test(column.type)) return "{}";
  if (column.type === "uuid[]") return "{}";
  if (column.type === "bytea") return "\\x00";
  throw new Error(`No value for ${table.name}.${column.name}, which is a ${column.type}.`);
}

/** Texts whose digest a trigger recomputes. */
const CONTENT = "{}";
const DIGEST = createHash("sha256").update(CONTENT).digest("hex");

function meaningOf(table: string, column: string, whose: Whose): string | null | undefined {
  const { company, player, play, privateTo } = whose;
  const author = privateTo ?? play?.owner;
  const place: Readonly<Record<string, string | null | undefined>> = {
    "organisation.id": company?.id,
    "organisation.kind": company?.kind,
    "app_user.id": player?.id,
    // Without one it would be a service account.
    "app_user.email": randomUUID(),
    "engagement.id": play?.id,
    "engagement.assessor_organisation_id": play && (play.assessor?.id ?? null),
    "engagement.assessor_accepted_at": play && (play.accepted ? "2026-11-24" : null),
    "thread.id": play && threadOf(play, privateTo ?? null),
    "thread.visibility": privateTo ? "private" : "shared",
    "criterion_decision.kind": privateTo ? "proposal" : "decision",
    "criterion_decision.criterion": "intent",
    "criterion_decision.outcome": "met",
    "worksheet.kind": "ccw",
    "section.key": "constraints",
    "worksheet_origin.kind": "sample",
    "control_record.nature": "preventive",
    "revision.content": CONTENT,
    "revision.digest": DIGEST,
    "sign_off.digest": DIGEST,
    // Of somebody else than who asks for it.
    "factor_reset.user_id": randomUUID(),
    "factor_reset.decided_by_id": null,
    "data_key.wrapped": "wrapped",
    "api_token.scope": "read",
    "api_token.everywhere": "true",
    "api_token.expires_at": "2026-11-25",
    "api_token.revoked_at": null,
    "export_job.kind": "workbook",
    "export_job.paper": "A4",
    "export_job.conformance": "PDF/UA-1",
    "organisation_logo.picture": null,
    "organisation_logo.sha256": "",
    "export_job.state": "failed",
    "webhook_endpoint.off_reason": "person",
    "webhook_endpoint.removed_at": null,
    "webhook_message.state": "delivered",
    "blob.sha256": createHash("sha256").update(randomUUID()).digest("hex"),
    "blob.scan": "off",
    "audit_event.seq": String(nextSeq()),
    "audit_kept.seq": String(nextSeq()),
    organisation_id: play ? play.owner.id : company?.id,
    author_organisation_id: author?.id,
    engagement_id: play ? play.id : undefined,
    thread_id: play && threadOf(play, privateTo ?? null),
    log_id: whose.log && logOf(whose.log),
  };
  const here = place[`${table}.${column}`];
  return here === undefined ? place[column] : here;
}

let seq = 0;
function nextSeq(): number {
  seq += 1;
  return seq;
}

/** The name of a chain. */
export function logOf(log: Company | "system"): string {
  return log === "system" ? log : `org:${log.id}`;
}

const threads = new Map<string, string>();

/** The one thread of an engagement that is shared, or private to a company. */
export function threadOf(play: Play, privateTo: Company | null): string {
  const name = `${play.id} ${privateTo?.id ?? ""}`;
  const id = threads.get(name) ?? randomUUID();
  threads.set(name, id);
  return id;
}

/** An INSERT of a row; whatever it is asked under. */
export function insertion(table: Table, whose: Whose): { readonly text: string; readonly values: (string | null)[] } {
  const values = valuesFor(table, whose);
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const names = [...values.keys()];
  const places = names.map((name, index) => `$${index + 1}::text::${types.get(name)}`);
  return {
    text: `INSERT INTO "${table.name}" (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${places.join(", ")})`,
    values: [...values.values()],
  };
}
