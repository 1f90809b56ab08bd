import { createHash } from "node:crypto";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { OperatorError } from "@/lib/operator-error";

/** A table as far as copying it needs to know. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** How its rows are ordered, for every server alike. */
  readonly order: string;
  /** Tables that its rows point to. */
  readonly parents: readonly string[];
  /** Whether row-level security holds for its owner too. */
  readonly forced: boolean;
}

const name = pg.escapeIdentifier;

/** The migrations' own list is written by the engine, and what transactions under way note is nobody's to keep. */
const SHAPES = `
  SELECT c.relname::text AS name, c.relforcerowsecurity AS forced,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT string_agg(quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END, ', ' ORDER BY k.place)
     FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
     WHERE i.indrelid = c.oid AND i.indisprimary) AS "order",
    ARRAY(SELECT DISTINCT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
     WHERE f.conrelid = c.oid AND f.contype = 'f' AND p.oid <> c.oid) AS parents
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relpersistence = 'p' AND c.relname <> '_prisma_migrations'
  ORDER BY 1`;

/** All tables that are copied, whom others point to first. @throws OperatorError for one without a key */
export async function listTables(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(SHAPES);
  for (const table of rows) {
    if (table.order === null) throw new OperatorError(`The table ${table.name} has no key to order its rows by.`);
  }
  const ordered: TableShape[] = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const at = waiting.findIndex(
      ({ parents }) => !parents.some((parent) => waiting.some((one) => one.name === parent)),
    );
    const [next] = waiting.splice(Math.max(at, 0), 1);
    if (at < 0 || !next) throw new OperatorError("Tables point to each other in a circle: no order to load them in.");
    ordered.push(next);
  }
  return ordered;
}

/** Texts of values are the same on every server and under every login. */
export const PLAIN_VALUES = `SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '10s', true),
  set_config('idle_in_transaction_session_timeout', '0', true), set_config('timezone', 'UTC', true),
  set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'iso_8601', true),
  set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)`;

/** The rows of a table in the order of their key, as PostgreSQL's COPY writes them. */
export async function* rowsOf(
  client: pg.Client,
  { name: table, columns, order }: TableShape,
): AsyncGenerator<Uint8Array> {
  const rows = `SELECT ${columns.map(name).join(", ")} FROM public.${name(table)} ORDER BY ${order}`;
  // The last row comes before the connection is free for the next question.
  const isFree = new Promise<void>((resolve) => client.once("drain", () => resolve()));
  for await (const chunk of client.query(copyTo(`COPY (${rows}) TO STDOUT`))) yield chunk as Uint8Array;
  await isFree;
}

/** Counts the rows that pass by: in COPY's text every one ends with the only line feed in it. */
export async function* counted(source: AsyncIterable<Uint8Array>, tally: { rows: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) tally.rows += 1;
    yield chunk;
  }
}

/** Number and SHA-256 of the rows that are stored. */
export async function digestRows(client: pg.Client, table: TableShape): Promise<{ rows: number; sha256: string }> {
  const tally = { rows: 0 };
  const hash = createHash("sha256");
  for await (const chunk of counted(rowsOf(client, table), tally)) hash.update(chunk);
  return { rows: tally.rows, sha256: hash.digest("hex") };
}
