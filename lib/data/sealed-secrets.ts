import { Prisma } from "@/lib/db/generated/client";
import type { SystemTx } from "@/lib/db/kinds";
import type { SealedColumn } from "@/lib/domain/secrets/sealed-columns";

/** A sealed text where it is stored. */
export interface SealedRow {
  readonly row: string;
  readonly organisationId: string | null;
  readonly sealed: string;
}

/** Some texts of a column that are sealed under one of these data keys, but not those of the rows to leave out. */
export async function secretsUnder(
  tx: SystemTx,
  column: SealedColumn,
  keyIds: readonly string[],
  most: number,
  leaveOut: readonly string[],
): Promise<SealedRow[]> {
  const { key, text, table } = names(column);
  const organisation = column.organisation === null ? Prisma.sql`NULL` : name(column.organisation);
  return tx.db.$queryRaw`
    SELECT ${key}::text AS row, ${organisation}::text AS "organisationId", ${text} AS sealed FROM ${table}
    WHERE split_part(${text}, '.', 3) = ANY(${keyIds}) AND ${key}::text <> ALL(${leaveOut}) LIMIT ${most}`;
}

/** Which of these data keys texts of a column are sealed under. */
export async function keysUsedBy(tx: SystemTx, column: SealedColumn, keyIds: readonly string[]): Promise<string[]> {
  const { text, table } = names(column);
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT split_part(${text}, '.', 3) AS id FROM ${table} WHERE split_part(${text}, '.', 3) = ANY(${keyIds})`;
  return rows.map(({ id }) => id);
}

/** Puts texts in the place of those that are still the ones that were read. @returns how many were */
export async function replaceSecrets(
  tx: SystemTx,
  column: SealedColumn,
  changes: readonly { readonly row: string; readonly before: string; readonly after: string }[],
): Promise<number> {
  const { key, text, table } = names(column);
  return tx.db.$executeRaw`
    UPDATE ${table} AS stored SET ${text} = change.after
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS change(row text, before text, after text)
    WHERE stored.${key}::text = change.row AND stored.${text} = change.before`;
}

function names(column: SealedColumn) {
  return { table: name(column.table), key: name(column.key), text: name(column.column) };
}

function name(identifier: string): Prisma.Sql {
  return Prisma.raw(`"${identifier.replaceAll('"', '""')}"`);
}
