import type { ScopedTx } from "@/lib/db/kinds";
import { ENGAGEMENT_TABLES, type MovedTable, peopleIn } from "@/lib/domain/move/format";

/** A row as JSON text, exactly as the database writes it. */
export interface MovedRow {
  readonly table: MovedTable;
  readonly row: string;
}

/** The engagement's own rows, as far as this transaction sees them: all of one instant. */
async function ownRows(tx: ScopedTx): Promise<MovedRow[]> {
  const selects = ["engagement", ...ENGAGEMENT_TABLES].map((table, place) => {
    const key = table === "engagement" ? "id" : "engagement_id";
    return `SELECT ${place} AS place, '${table}' AS "table", to_jsonb(t)::text AS row FROM "${table}" t WHERE t.${key} = $1::uuid`;
  });
  // One statement sees one state of the database.
  const text = `SELECT "table", row FROM (${selects.join(" UNION ALL ")}) AS rows ORDER BY place, row COLLATE "C"`;
  return tx.db.$queryRawUnsafe<MovedRow[]>(text, tx.engagement.id);
}

/**
 * The companies of the engagement, the owner's administrators, the people whom its rows name, and where they belong. Of the
 * assessor company nobody else: who works there is not for the entity to take along.
 */
async function partiesOf(tx: ScopedTx, people: readonly string[]): Promise<MovedRow[]> {
  const { organisationId, assessorOrganisationId } = tx.engagement;
  const companies = [organisationId, ...(assessorOrganisationId ? [assessorOrganisationId] : [])];
  return tx.db.$queryRaw<MovedRow[]>`
    WITH known AS (
      SELECT m.* FROM membership m WHERE m.organisation_id = ANY (${companies}::uuid[])
        AND ((m.role = 'admin' AND m.organisation_id = ${organisationId}::uuid) OR m.user_id = ANY (${[...people]}::uuid[]))
    )
    SELECT "table", row FROM (
      SELECT 0 AS place, 'organisation' AS "table", to_jsonb(o)::text AS row FROM organisation o WHERE o.id = ANY (${companies}::uuid[])
      UNION ALL
      SELECT 1, 'app_user', to_jsonb(u)::text FROM app_user u WHERE u.id IN (SELECT user_id FROM known)
      UNION ALL
      SELECT 2, 'membership', to_jsonb(k)::text FROM known k
    ) AS rows ORDER BY place, row COLLATE "C"`;
}

/** Every row that goes with the engagement, in the order in which they can be put in. */
export async function movedRows(tx: ScopedTx): Promise<MovedRow[]> {
  const own = await ownRows(tx);
  const people = new Set(own.flatMap(({ row }) => peopleIn(JSON.parse(row) as Record<string, unknown>)));
  return [...(await partiesOf(tx, [...people])), ...own];
}
