import type pg from "pg";
import { codeOf } from "@/lib/db/connect";
import { KIND_ROLES, type Kind } from "@/lib/db/kind-roles";
import { inStance } from "@/test/in-stance";
import type { Findings } from "../support/findings";
import type { Random } from "../support/random";
import type { Cast } from "./cast";
import { insertion, type Table } from "./fill";
import { TABLES, type Viewer, type Whose } from "./tables";

/** The rows of a table that were put down, by their keys. */
export type Rows = ReadonlyMap<string, Whose>;

/** What was tried, and what came of it. */
export interface Tally {
  reads: number;
  foreignHidden: number;
  ownSeen: number;
  writes: number;
  insertsRefused: number;
  insertsTaken: number;
}

/** Codes by which the database refuses a foreign row: no right or policy for it, or a trigger that finds nothing of it. */
const REFUSALS = new Set(["42501", "CV004"]);

/** What each role may do to which columns, for asking only what can be asked. */
export class Rights {
  private constructor(private readonly granted: ReadonlySet<string>) {}

  static async read(sql: pg.Client): Promise<Rights> {
    const { rows } = await sql.query<{ right: string }>(
      `SELECT concat_ws(' ', role, privilege, c.relname, a.attname) AS right
       FROM unnest($1::text[]) AS role, unnest(ARRAY['SELECT', 'UPDATE']) AS privilege, pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
         AND has_column_privilege(role, c.oid, a.attnum, privilege)`,
      [Object.values(KIND_ROLES)],
    );
    return new Rights(new Set(rows.map(({ right }) => right)));
  }

  columns(kind: Kind, privilege: "SELECT" | "UPDATE", table: Table): string[] {
    const names = table.columns.map(({ name }) => name);
    return names.filter((name) => this.granted.has(`${KIND_ROLES[kind]} ${privilege} ${table.name} ${name}`));
  }
}

/** One viewer's attempts on one table: read all of it, write all of it, and bring in rows that are not theirs to bring. */
export class Look {
  constructor(
    private readonly sql: pg.Client,
    private readonly rights: Rights,
    private readonly cast: Cast,
    private readonly findings: Findings,
    private readonly tally: Tally,
    private readonly sample: Random,
    /** So many foreign rows are brought into each table by each viewer. */
    private readonly insertsEach: number,
  ) {}

  async at(table: Table, rows: Rows, viewer: Viewer): Promise<void> {
    const sees = TABLES[table.name]?.sees[viewer.kind];
    const isTheirs = (whose: Whose | undefined) => whose !== undefined && sees?.(whose, viewer, this.cast) === true;
    const expected = [...rows].filter(([, whose]) => isTheirs(whose)).map(([key]) => key);
    await this.#read(table, rows, viewer, new Set(expected));
    for (const verb of ["UPDATE", "DELETE"] as const) {
      for (const key of await this.#write(verb, table, viewer)) {
        this.findings.expect(isTheirs(rows.get(key)), `${viewer.name}: ${verb} reaches a foreign row of ${table.name}`);
      }
    }
    const foreign = this.sample.shuffle([...rows.values()].filter((whose) => !isTheirs(whose)));
    const own = [...rows.values()].filter(isTheirs);
    for (const whose of [...own.slice(0, 1), ...foreign.slice(0, this.insertsEach)]) {
      await this.#insert(table, whose, viewer, isTheirs(whose));
    }
  }

  /** Reads the whole table without any condition. */
  async #read(table: Table, rows: Rows, viewer: Viewer, expected: ReadonlySet<string>): Promise<void> {
    const columns = this.rights.columns(viewer.kind, "SELECT", table);
    const all = columns.length === table.columns.length;
    const what = all || columns.length === 0 ? "*" : columns.map((name) => `"${name}"`).join(", ");
    const keyed = `SELECT ${keyOf(table)} AS key FROM (SELECT ${what} FROM "${table.name}") AS whole`;
    const { seen, code } = await inStance(this.sql, viewer.stance, () =>
      this.sql.query<{ key: string }>(keyed).then(
        (result) => ({ seen: result.rows.map(({ key }) => key), code: "" }),
        (error: unknown) => ({ seen: [] as string[], code: codeOf(error) }),
      ),
    );
    this.tally.reads += 1;
    if (columns.length === 0) {
      this.findings.expect(code === "42501", `${viewer.name}: reading ${table.name} without a right: “${code}”`);
    }
    const foreign = seen.filter((key) => !expected.has(key));
    const missing = [...expected].filter((key) => !seen.includes(key));
    this.findings.expect(foreign.length === 0, `${viewer.name}: ${foreign.length} foreign rows of ${table.name}`);
    this.findings.expect(
      missing.length === 0,
      `${viewer.name}: ${missing.length} own rows of ${table.name} are hidden`,
    );
    this.tally.foreignHidden += rows.size - expected.size;
    this.tally.ownSeen += expected.size;
  }

  /** Changes or deletes every row without any condition. @returns the keys of those that it reached */
  async #write(verb: "UPDATE" | "DELETE", table: Table, viewer: Viewer): Promise<string[]> {
    const [granted] = this.rights.columns(viewer.kind, "UPDATE", table);
    const column = `"${granted ?? table.columns[0]?.name}"`;
    const returning =
      this.rights.columns(viewer.kind, "SELECT", table).length > 0 ? `RETURNING ${keyOf(table)} AS key` : "";
    const statement =
      verb === "DELETE" ? `DELETE FROM "${table.name}"` : `UPDATE "${table.name}" SET ${column} = ${column}`;
    this.tally.writes += 1;
    return inStance(this.sql, viewer.stance, async () => {
      try {
        const result = await this.sql.query<{ key: string }>(`${statement} ${returning}`);
        if (returning === "" && result.rowCount) this.findings.add(`${viewer.name}: ${verb} of ${table.name} unseen`);
        return result.rows.map(({ key }) => key);
      } catch (error) {
        this.findings.expect(codeOf(error) === "42501", `${viewer.name}: ${verb} of ${table.name}: ${codeOf(error)}`);
        return [];
      }
    });
  }

  async #insert(table: Table, whose: Whose, viewer: Viewer, isTheirs: boolean): Promise<void> {
    const { text, values } = insertion(table, whose);
    const code = await inStance(this.sql, viewer.stance, () => this.sql.query(text, values).then(() => "", codeOf));
    if (isTheirs) {
      this.tally.insertsTaken += code === "" ? 1 : 0;
      return;
    }
    const refused = REFUSALS.has(code);
    this.findings.expect(refused, `${viewer.name}: a foreign row into ${table.name} is answered with “${code}”`);
    this.tally.insertsRefused += refused ? 1 : 0;
  }
}

/** The key of a row as text. */
export function keyOf(table: Table): string {
  return `concat_ws('|', ${table.key.map((name) => `"${name}"::text`).join(", ")})`;
}
