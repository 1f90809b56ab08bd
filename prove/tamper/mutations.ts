import type { TrailFinding } from "@/lib/services/trail/trail-finding";
import type { Table } from "../rls/fill";
import type { Random } from "../support/random";

/** A row as it is stored, with where it is in its table. */
export interface Row {
  readonly ctid: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A table of the stage: its rows, and the column by which events name them where they do. */
export interface Scene {
  readonly table: Table;
  readonly key: string | null;
  readonly rows: readonly Row[];
}

/** A change behind the trail, and how a finding names what was changed. */
export interface Mutation {
  readonly kind: string;
  readonly what: string;
  readonly sql: readonly string[];
  readonly isNamedBy: (finding: TrailFinding) => boolean;
}

/** Every field of every row: its value changed, emptied, and exchanged with that of another row; every row: removed, doubled. */
export function mutationsOf(scene: Scene, random: Random): Mutation[] {
  return scene.rows.flatMap((row, index) => {
    const other = scene.rows[(index + 1 + random.int(Math.max(1, scene.rows.length - 1))) % scene.rows.length];
    return [
      ...scene.table.columns.flatMap(({ name, type }) => fieldMutations(scene, row, other, name, type, random)),
      ...rowMutations(scene, row),
    ];
  });
}

function fieldMutations(
  scene: Scene,
  row: Row,
  other: Row | undefined,
  column: string,
  type: string,
  random: Random,
): Mutation[] {
  const table = `"${scene.table.name}"`;
  const at = `ctid = '${row.ctid}'`;
  const value = row.values[column];
  const what = `${scene.table.name}.${column} of ${nameOf(scene, row)}`;
  const made: Mutation[] = [];
  const flipped = value === null ? from(type) : flip(`"${column}"`, type, String(value), random);
  const named = namer(scene, row, other);
  made.push({
    kind: "flip",
    what,
    sql: [`UPDATE ${table} SET "${column}" = ${flipped} WHERE ${at}`],
    isNamedBy: named,
  });
  if (value !== null) {
    made.push({ kind: "null", what, sql: [`UPDATE ${table} SET "${column}" = NULL WHERE ${at}`], isNamedBy: named });
  }
  if (other && canBeExchanged(scene, row, other, column)) {
    const kind = scene.key === column || scene.table.key.includes(column) ? "reorder" : "swap";
    const pair = `one.ctid = '${row.ctid}' AND two.ctid = '${other.ctid}' OR one.ctid = '${other.ctid}' AND two.ctid = '${row.ctid}'`;
    const sql = `UPDATE ${table} AS one SET "${column}" = two."${column}" FROM ${table} AS two WHERE ${pair}`;
    made.push({ kind, what, sql: [sql], isNamedBy: named });
  }
  return made;
}

/** Rows that differ in this column and in nothing else, or not in it, are the same after the exchange. */
function canBeExchanged({ table }: Scene, one: Row, other: Row, column: string): boolean {
  const differing = table.columns.filter(
    ({ name }) => JSON.stringify(one.values[name]) !== JSON.stringify(other.values[name]),
  );
  return differing.length > 1 && differing.some(({ name }) => name === column);
}

function rowMutations(scene: Scene, row: Row): Mutation[] {
  const { table, key } = scene;
  const what = `the row ${nameOf(scene, row)} of ${table.name}`;
  const isNamedBy = namer(scene, row);
  const copy = (changed: string) =>
    `INSERT INTO "${table.name}" SELECT (jsonb_populate_record(kept, ${changed})).* FROM "${table.name}" AS kept WHERE ctid = '${row.ctid}'`;
  const made: Mutation[] = [
    { kind: "delete", what, sql: [`DELETE FROM "${table.name}" WHERE ctid = '${row.ctid}'`], isNamedBy },
  ];
  // A shape that is there twice says the same twice.
  if (table.name !== "audit_shape") made.push({ kind: "duplicate", what, sql: [copy("'{}'")], isNamedBy });
  if (key !== null) {
    const id = typeof row.values[key] === "number" ? "999999" : "00000000-0000-4000-8000-000000000001";
    const isCopy = (finding: TrailFinding) => finding.table === table.name && finding.id === id;
    made.push({ kind: "duplicate", what, sql: [copy(`'{"${key}":"${id}"}'`)], isNamedBy: isCopy });
  }
  return made;
}

function nameOf({ key }: Scene, { values }: Row): string {
  if (key !== null) return String(values[key]);
  return [values.log_id, values.seq, values.from_seq, values.table_name, values.row_id, values.shape]
    .filter((part) => part != null)
    .join(" ");
}

/** Whether a finding names one of the rows. */
function namer(scene: Scene, ...rows: (Row | undefined)[]): Mutation["isNamedBy"] {
  return (finding) => rows.some((row) => row !== undefined && names(scene, row.values, finding));
}

/** By table and id, or by chain and event, or an event beside it: one that follows on it, or whose number it took. */
function names({ table, key }: Scene, values: Row["values"], finding: TrailFinding): boolean {
  if (key !== null) return finding.table === table.name && finding.id === String(values[key]);
  if (table.name === "audit_shape") return finding.table === values.table_name;
  if (table.name === "audit_head") return finding.logId === values.log_id;
  if (table.name === "audit_segment")
    return finding.logId === values.log_id && isNear(finding, values.from_seq, values.to_seq);
  const asChange = finding.table === values.table_name && finding.id === values.row_id;
  if (table.name === "audit_change" && asChange) return true;
  return finding.logId === values.log_id && isNear(finding, values.seq, values.seq);
}

function isNear({ seq }: TrailFinding, from: unknown, to: unknown): boolean {
  return seq !== null && seq >= BigInt(String(from)) - 1n && seq <= BigInt(String(to)) + 1n;
}

/** How a value of each type becomes another one, close to it. */
const FLIPS: readonly (readonly [type: RegExp, flip: (column: string, place: number) => string])[] = [
  [/^(integer|bigint)$/, (column) => `${column} # 1`],
  [/^boolean$/, (column) => `NOT ${column}`],
  [/^timestamp/, (column) => `${column} + interval '1 millisecond'`],
  [/^date$/, (column) => `${column} + 1`],
  [/^jsonb$/, (column) => `jsonb_build_array(${column})`],
  [
    /^bytea$/,
    (column, place) => {
      const bit = `(${place} % (8 * length(${column})))::integer`;
      return `set_bit(${column}, ${bit}, 1 - get_bit(${column}, ${bit}))`;
    },
  ],
  [/\[\]$/, (column) => `array_append(${column}, 'x')`],
  [/^uuid$/, (column, place) => `${letter(`${column}::text`, 1 + (place % 8), "a", "b")}::uuid`],
];

function flip(column: string, type: string, value: string, random: Random): string {
  const place = random.int(1_000_000);
  const known = FLIPS.find(([pattern]) => pattern.test(type));
  if (known) return known[1](column, place);
  return value === "" ? "'x'" : letter(column, 1 + (place % value.length), "x", "y");
}

/** A text with another letter in one place. */
function letter(text: string, place: number, one: string, other: string): string {
  const here = `substr(${text}, ${place}, 1)`;
  return `overlay(${text} placing CASE ${here} WHEN '${one}' THEN '${other}' ELSE '${one}' END from ${place} for 1)`;
}

const SOME: readonly (readonly [type: RegExp, value: string])[] = [
  [/^uuid$/, "gen_random_uuid()"],
  [/^(integer|bigint)$/, "1"],
  [/^boolean$/, "true"],
  [/^(timestamp|date)/, "'2026-11-24'"],
  [/^jsonb$/, "'[]'"],
  [/\[\]$/, "'{x}'"],
];

/** Something where nothing was. */
function from(type: string): string {
  return SOME.find(([pattern]) => pattern.test(type))?.[1] ?? "'x'";
}
