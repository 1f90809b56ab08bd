import { randomUUID } from "node:crypto";
import { type ApiTokenRow, type NewApiToken, SHOWN_TOKEN, tokenOf } from "@/lib/data/api-tokens";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { EngagementRole } from "@/lib/domain/access/roles";

/** A service account as it is stored, with whose it is and where it has a role. */
export interface ServiceAccountRow {
  readonly userId: string;
  /** As everybody sees it. */
  readonly name: string;
  readonly disabled: boolean;
  readonly purpose: string;
  readonly ownerId: string;
  readonly ownerLeft: boolean;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly reviewedById: string | null;
  readonly reviewedAt: Date | null;
  readonly version: number;
  readonly engagements: readonly { readonly id: string; readonly name: string; readonly roles: EngagementRole[] }[];
}

const WITH_ALL = {
  user: {
    select: {
      name: true,
      disabledAt: true,
      engagementMembers: {
        select: { role: true, engagement: { select: { id: true, name: true } } },
        orderBy: { createdAt: "asc" },
      },
    },
  },
  owner: { select: { disabledAt: true } },
} as const;

interface Stored {
  readonly userId: string;
  readonly purpose: string;
  readonly ownerId: string;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly reviewedById: string | null;
  readonly reviewedAt: Date | null;
  readonly version: number;
  readonly user: {
    readonly name: string;
    readonly disabledAt: Date | null;
    readonly engagementMembers: readonly {
      readonly role: string;
      readonly engagement: { readonly id: string; readonly name: string };
    }[];
  };
  readonly owner: { readonly disabledAt: Date | null };
}

function rowOf({ user, owner, ...row }: Stored): ServiceAccountRow {
  const engagements = new Map<string, { id: string; name: string; roles: EngagementRole[] }>();
  for (const { role, engagement } of user.engagementMembers) {
    const known = engagements.get(engagement.id) ?? { ...engagement, roles: [] };
    known.roles.push(role as EngagementRole);
    engagements.set(engagement.id, known);
  }
  const { userId, purpose, ownerId, createdById, createdAt, reviewedById, reviewedAt, version } = row;
  return {
    ...{ userId, purpose, ownerId, createdById, createdAt, reviewedById, reviewedAt, version },
    name: user.name,
    disabled: user.disabledAt !== null,
    ownerLeft: owner.disabledAt !== null,
    engagements: [...engagements.values()],
  };
}

/** The service accounts of the organisation, by name. */
export async function listServiceAccounts(tx: OrganisationTx): Promise<ServiceAccountRow[]> {
  const rows = await tx.db.serviceAccount.findMany({
    where: { organisationId: tx.organisationId },
    include: WITH_ALL,
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map(rowOf);
}

/** A service account of the organisation, or null. */
export async function findServiceAccount(tx: OrganisationTx, userId: string): Promise<ServiceAccountRow | null> {
  const row = await tx.db.serviceAccount.findFirst({
    where: { userId, organisationId: tx.organisationId },
    include: WITH_ALL,
  });
  return row && rowOf(row);
}

/** Lets nobody else change the account, give it a role or take one, or make a token for it until the commit. */
export async function holdServiceAccount(tx: OrganisationTx | ScopedTx, userId: string): Promise<void> {
  await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-service:' || ${userId}, 0))::text`;
}

/** Whether a service account here has this name; until the commit nobody else makes one, so that no name comes twice. */
export async function serviceNameTaken(tx: OrganisationTx, name: string): Promise<boolean> {
  await tx.db
    .$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-services:' || ${tx.organisationId}, 0))::text`;
  const { organisationId } = tx;
  const where = { organisationId, user: { name: { equals: name, mode: "insensitive" as const } } };
  return (await tx.db.serviceAccount.count({ where })) > 0;
}

/** Makes one. @returns the ids of its account and of its membership, which the event has to name */
export async function insertServiceAccount(
  tx: OrganisationTx,
  { name, purpose, ownerId }: { readonly name: string; readonly purpose: string; readonly ownerId: string },
): Promise<{ userId: string; membershipId: string }> {
  const { organisationId, now } = tx;
  const [userId, membershipId] = [randomUUID(), randomUUID()];
  // Not `create`, which reads back what it wrote: an account without a place in the company is nobody's to see.
  await tx.db.user.createMany({ data: [{ id: userId, email: null, name, createdAt: now }] });
  await tx.db.membership.createMany({
    data: [{ id: membershipId, organisationId, userId, role: "member", createdAt: now }],
  });
  const createdById = tx.actor.userId;
  await tx.db.serviceAccount.createMany({
    data: [{ userId, organisationId, purpose, ownerId, createdById, createdAt: now }],
  });
  return { userId, membershipId };
}

/** Changes purpose and owner over a version. @returns false where another version is stored */
export async function updateServiceAccount(
  tx: OrganisationTx,
  userId: string,
  version: number,
  data: { readonly purpose: string; readonly ownerId: string },
): Promise<boolean> {
  return updateOver(tx, userId, version, data);
}

/** Notes that the actor reviewed it as it is in this version. @returns false where another version is stored */
export async function noteReview(tx: OrganisationTx, userId: string, version: number): Promise<boolean> {
  return updateOver(tx, userId, version, { reviewedAt: tx.now, reviewedById: tx.actor.userId });
}

async function updateOver(tx: OrganisationTx, userId: string, version: number, data: object): Promise<boolean> {
  const { count } = await tx.db.serviceAccount.updateMany({
    where: { userId, organisationId: tx.organisationId, version },
    data: { ...data, version: { increment: 1 } },
  });
  return count === 1;
}

/** Disables its account or enables it again. */
export async function setServiceDisabled(tx: OrganisationTx, userId: string, disabled: boolean): Promise<void> {
  await tx.db.user.updateMany({ where: { id: userId }, data: { disabledAt: disabled ? tx.now : null } });
}

/** Tokens of service accounts of the organisation that were not revoked, the newest first. */
export async function listServiceTokens(tx: OrganisationTx, userIds: readonly string[]): Promise<ApiTokenRow[]> {
  const rows = await tx.db.apiToken.findMany({
    where: { userId: { in: [...userIds] }, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: SHOWN_TOKEN,
  });
  return rows.map(tokenOf);
}

/** Stores a new token of a service account. */
export async function insertServiceToken(tx: OrganisationTx, token: NewApiToken): Promise<ApiTokenRow> {
  const { engagementIds, ...rest } = token;
  const id = randomUUID();
  await tx.db.apiToken.createMany({
    data: [
      { id, ...rest, everywhere: engagementIds === null, engagementIds: [...(engagementIds ?? [])], createdAt: tx.now },
    ],
  });
  return tokenOf(await tx.db.apiToken.findUniqueOrThrow({ where: { id }, select: SHOWN_TOKEN }));
}

/** Who answers for the service account that acts, or null where a person does. */
export async function ownerOfActingService(tx: ScopedTx): Promise<string | null> {
  // A service account acts by nothing but tokens.
  if (!tx.actor.token) return null;
  const row = await tx.db.serviceAccount.findUnique({
    where: { userId: tx.actor.userId },
    select: { ownerId: true },
  });
  return row?.ownerId ?? null;
}
