import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Database } from "@/lib/db/database";
import { columnOf, type ProtectedTable } from "../support/protected-tables";
import type { Random } from "../support/random";
import { type About, putToldRows, tell } from "../support/told-rows";
import { type ArchivedTrail, type ArchiveLogins, archiveSome, FIRST } from "./archived";
import type { Mutation } from "./mutations";

/** A database of the proof. */
export interface Stage {
  readonly database: Database;
  readonly logins: ArchiveLogins;
  /** The folder of archived segments. */
  readonly archive: string;
}

/** What was put down in it. */
export interface PutTrail {
  readonly put: ReadonlyMap<ProtectedTable, string[]>;
  readonly trail: ArchivedTrail;
  /** The ways back to an older value of some rows. */
  readonly older: readonly Mutation[];
}

/** Rows that were told of long ago and changed several times since, with everything archived that is old enough. */
export async function putTrail(sql: pg.Client, { logins, archive }: Stage, random: Random): Promise<PutTrail> {
  const put = await putToldRows(sql, random, FIRST);
  const [target] = put.keys();
  if (!target) throw new Error("No table is protected.");
  const older: Mutation[] = [];
  const happen = async (about?: About) => {
    older.push(...(await changeSome(sql, put, random, about)));
  };
  const trail = await archiveSome(sql, logins, archive, target, happen);
  await happen();
  return { put, trail, older };
}

/** Some rows get another value twice, some go, and some events tell of no row. @returns the ways back to an older value */
async function changeSome(
  sql: pg.Client,
  put: ReadonlyMap<ProtectedTable, string[]>,
  random: Random,
  about?: About,
): Promise<Mutation[]> {
  const { rows: logs } = await sql.query<{ log_id: string }>("SELECT log_id FROM audit_head");
  const log = () => random.pick(logs).log_id;
  const older: Mutation[] = [];
  for (const [target, [id = "", , gone = ""]] of put) {
    const { table, key, field } = target;
    const column = `"${columnOf(field)}"`;
    const where = `WHERE "${key}"::text = '${id}'`;
    const values: string[] = [];
    for (let change = 0; change < 2; change += 1) {
      const { rows } = await sql.query<{ value: string }>(`SELECT ${column}::text AS value FROM "${table}" ${where}`);
      values.push(rows[0]?.value ?? "");
      await tell(sql, log(), target, [id], setting(target), about);
    }
    await tell(sql, log(), target, [], undefined, about);
    if (gone) await tell(sql, log(), target, [gone], `DELETE FROM "${table}"`, about);
    const isNamedBy: Mutation["isNamedBy"] = (finding) => finding.table === table && finding.id === id;
    for (const value of values) {
      const back = `UPDATE "${table}" SET ${column} = '${value}' ${where}`;
      older.push({ kind: "an older state", what: `${table} ${id}`, sql: [back], isNamedBy });
    }
  }
  return older;
}

/** Gives rows another value. */
export function setting({ table, field }: ProtectedTable): string {
  return `UPDATE "${table}" SET "${columnOf(field)}" = '${randomUUID()}'`;
}
