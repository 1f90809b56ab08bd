import type { EngagementRow } from "@/lib/data/engagements";
import { Prisma } from "@/lib/db/generated/client";
import type { IdentityTx } from "@/lib/db/kinds";
import type { EngagementRole } from "@/lib/domain/access/roles";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A place in a list that goes by an instant, the newest first, and by the id among equals. */
export interface ListPlace {
  readonly at: Date;
  readonly id: string;
}

/** What of a list of engagements is wanted. */
export interface EngagementsWanted {
  /** Part of a name: the engagement's, or that of one of its sides. */
  readonly q: string | null;
  readonly standardVersion: StandardVersion | null;
  /** The only ones that count, for a token that is limited to them; null for all. */
  readonly only: readonly string[] | null;
  /** Those after this place; null from the beginning. */
  readonly after: ListPlace | null;
  readonly count: number;
}

/** Whose engagements are listed; an admin's are also those that either side administers. */
export interface Seeker {
  readonly userId: string;
  readonly organisationId: string;
  readonly isAdmin: boolean;
}

/** Where the engagements stand that a person takes part in, or administers from either side; the newest first. */
export async function listEngagementPlaces(
  tx: IdentityTx,
  { userId, organisationId, isAdmin }: Seeker,
  { q, standardVersion, only, after, count }: EngagementsWanted,
): Promise<ListPlace[]> {
  return tx.db.$queryRaw<ListPlace[]>`
    SELECT e.id, e.created_at AS at FROM engagement e
    WHERE e.id IN (
        SELECT m.engagement_id FROM engagement_member m WHERE m.user_id = ${userId}::uuid
        UNION SELECT o.id FROM engagement o WHERE ${isAdmin}::boolean AND o.organisation_id = ${organisationId}::uuid
        UNION SELECT o.id FROM engagement o WHERE ${isAdmin}::boolean AND o.assessor_organisation_id = ${organisationId}::uuid)
      AND (${only}::uuid[] IS NULL OR e.id = ANY (${only}::uuid[]))
      AND (${standardVersion}::text IS NULL OR e.standard_version = ${standardVersion}::text)
      AND (${q}::text IS NULL OR strpos(lower(e.name), lower(${q}::text)) > 0 OR EXISTS (SELECT FROM organisation o
        WHERE o.id IN (e.organisation_id, e.assessor_organisation_id) AND strpos(lower(o.name), lower(${q}::text)) > 0))
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (e.created_at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY e.created_at DESC, e.id DESC LIMIT ${count}`;
}

/** Some engagements with their organisations and those of their members' roles that the acting person has, in that order. */
export async function findEngagementsOf(tx: IdentityTx, ids: readonly string[]): Promise<EngagementRow[]> {
  const rows = await tx.db.engagement.findMany({
    where: { id: { in: [...ids] } },
    include: { organisation: true, assessor: true, members: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** An engagement in which somebody has a role. */
export interface OwnEngagement {
  readonly id: string;
  readonly name: string;
  readonly standardVersion: StandardVersion;
  readonly roles: readonly EngagementRole[];
  /** When the newest of the roles was given. */
  readonly at: Date;
}

/** The beginning of a statement over what somebody has roles in: `e`, and as `own` the roles and when the newest was given. */
function ownOf(userId: string): Prisma.Sql {
  return Prisma.sql`SELECT e.id, e.name, e.standard_version AS "standardVersion", own.roles, own.at
    FROM (SELECT m.engagement_id, array_agg(m.role ORDER BY m.created_at, m.id) AS roles, max(m.created_at) AS at
        FROM engagement_member m WHERE m.user_id = ${userId}::uuid GROUP BY m.engagement_id) own
      JOIN engagement e ON e.id = own.engagement_id`;
}

/** What an engagement has to be, for something that is looked for in it. */
export interface PlacesWanted {
  readonly standardVersion: StandardVersion;
  /** Whose engagement it is; any without it. */
  readonly organisationId?: string;
  /** A requirement that there is a worksheet or a record on; any without it. */
  readonly numberWritten?: string;
}

/** All engagements in which somebody has a role and that something could be found in, the one with the newest role first. */
export async function listOwnPlaces(
  tx: IdentityTx,
  userId: string,
  only: readonly string[] | null,
  { standardVersion, organisationId, numberWritten }: PlacesWanted,
): Promise<OwnEngagement[]> {
  const [organisation, number] = [organisationId ?? null, numberWritten ?? null];
  return tx.db.$queryRaw<OwnEngagement[]>`
    ${ownOf(userId)}
    WHERE e.standard_version = ${standardVersion} AND (${only}::uuid[] IS NULL OR e.id = ANY (${only}::uuid[]))
      AND (${organisation}::uuid IS NULL OR e.organisation_id = ${organisation}::uuid)
      AND (${number}::text IS NULL OR EXISTS (SELECT FROM worksheet w
        WHERE w.engagement_id = e.id AND w.requirement_number = ${number}::text))
    ORDER BY own.at DESC, e.id DESC`;
}

/** The engagements in which somebody has a role, the one with the newest role first. */
export async function listOwnEngagements(
  tx: IdentityTx,
  userId: string,
  { q, only, after, count }: Omit<EngagementsWanted, "standardVersion">,
): Promise<OwnEngagement[]> {
  return tx.db.$queryRaw<OwnEngagement[]>`
    ${ownOf(userId)}
    WHERE (${only}::uuid[] IS NULL OR e.id = ANY (${only}::uuid[]))
      AND (${q}::text IS NULL OR strpos(lower(e.name), lower(${q}::text)) > 0)
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (own.at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY own.at DESC, e.id DESC LIMIT ${count}`;
}
