import type { CreateEngagementInput, UpdateEngagementInput } from "@/lib/contracts/engagement";
import { fromDay } from "@/lib/data/days";
import type { IdentityTx, OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { EngagementRole } from "@/lib/domain/access/roles";

const related = { organisation: true, assessor: true, members: true } as const;

/** An engagement with its organisations and all its members' roles. */
export type EngagementRow = NonNullable<Awaited<ReturnType<typeof findEngagement>>>;

/** The transaction's own engagement. */
export function findEngagement(tx: ScopedTx) {
  return tx.db.engagement.findUniqueOrThrow({ where: { id: tx.engagement.id }, include: related });
}

/** The ids of the engagements that a person takes part in, or administers from either side; newest first. */
export async function listEngagementIds(
  tx: IdentityTx,
  userId: string,
  organisationId: string,
  isAdmin: boolean,
): Promise<string[]> {
  const rows = await tx.db.engagement.findMany({
    where: {
      OR: [
        { members: { some: { userId } } },
        ...(isAdmin ? [{ organisationId }, { assessorOrganisationId: organisationId }] : []),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** An engagement as a list to choose from shows it. */
export interface EngagementName {
  readonly id: string;
  readonly name: string;
}

/** The engagements that the transaction's organisation is either side of; newest first. */
export function listEngagementNames(tx: OrganisationTx): Promise<EngagementName[]> {
  const { organisationId } = tx;
  return tx.db.engagement.findMany({
    where: { OR: [{ organisationId }, { assessorOrganisationId: organisationId }] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, name: true },
  });
}

/** Adds an engagement with its creator as lead. @returns the new ids */
export async function insertEngagement(
  tx: OrganisationTx,
  input: CreateEngagementInput,
  catalogueVersion: string,
): Promise<{ engagementId: string; memberId: string }> {
  const { id } = await tx.db.engagement.create({
    data: {
      ...input,
      periodStart: fromDay(input.periodStart),
      periodEnd: fromDay(input.periodEnd),
      dueOn: fromDay(input.dueOn),
      organisationId: tx.organisationId,
      catalogueVersion,
      createdAt: tx.now,
    },
  });
  const member = await tx.db.engagementMember.create({
    data: {
      engagementId: id,
      organisationId: tx.organisationId,
      userId: tx.actor.userId,
      role: "lead",
      createdAt: tx.now,
    },
  });
  return { engagementId: id, memberId: member.id };
}

/** Saves settings over the version they were read at. False when somebody else saved first. */
export async function updateEngagement(tx: ScopedTx, input: UpdateEngagementInput): Promise<boolean> {
  const { version, ...settings } = input;
  const { count } = await tx.db.engagement.updateMany({
    where: { id: tx.engagement.id, version },
    data: {
      ...settings,
      periodStart: fromDay(settings.periodStart),
      periodEnd: fromDay(settings.periodEnd),
      dueOn: fromDay(settings.dueOn),
      version: { increment: 1 },
    },
  });
  return count === 1;
}

/** Names the assessor company, also in place of one that has not accepted yet. False when one has accepted. */
export async function setAssessor(tx: ScopedTx, assessorOrganisationId: string): Promise<boolean> {
  const { count } = await tx.db.engagement.updateMany({
    where: { id: tx.engagement.id, assessorAcceptedAt: null },
    data: { assessorOrganisationId, assessorAcceptedAt: null, version: { increment: 1 } },
  });
  return count === 1;
}

/** Notes that the assessor company accepted. False when it had already, or another one was named meanwhile. */
export async function acceptAssessor(tx: ScopedTx): Promise<boolean> {
  const { count } = await tx.db.engagement.updateMany({
    where: {
      id: tx.engagement.id,
      assessorOrganisationId: tx.engagement.assessorOrganisationId,
      assessorAcceptedAt: null,
    },
    data: { assessorAcceptedAt: tx.now, version: { increment: 1 } },
  });
  return count === 1;
}

/** Holds the engagement's roles until the commit, so that what depends on who holds which is decided one at a time. */
export async function holdRoles(tx: ScopedTx): Promise<void> {
  // Not FOR UPDATE: rows that point to the engagement may be written meanwhile.
  await tx.db.$queryRaw`SELECT 1 FROM engagement WHERE id = ${tx.engagement.id}::uuid FOR NO KEY UPDATE`;
}

/** A role that somebody holds, or null. */
export async function findMembership(tx: ScopedTx, userId: string, role: EngagementRole): Promise<string | null> {
  const row = await tx.db.engagementMember.findFirst({ where: { engagementId: tx.engagement.id, userId, role } });
  return row?.id ?? null;
}

/** Gives somebody a role. @returns the id of the new row */
export async function insertMember(tx: ScopedTx, userId: string, role: EngagementRole): Promise<string> {
  const { id } = await tx.db.engagementMember.create({
    data: {
      engagementId: tx.engagement.id,
      organisationId: tx.engagement.organisationId,
      userId,
      role,
      createdAt: tx.now,
    },
  });
  return id;
}

/** Takes a role away. */
export async function deleteMember(tx: ScopedTx, id: string): Promise<void> {
  await tx.db.engagementMember.deleteMany({ where: { id, engagementId: tx.engagement.id } });
}

/** How many people hold a role. */
export function countRole(tx: ScopedTx, role: EngagementRole): Promise<number> {
  return tx.db.engagementMember.count({ where: { engagementId: tx.engagement.id, role } });
}

/**
 * Everybody with a role in the engagement, by name, once for each role. `acts` tells whether the account can do anything: it is
 * in use, and no service account that came along from another service (decision 36); the same for readers of either side.
 */
export async function listMembers(tx: ScopedTx) {
  const rows = await tx.db.engagementMember.findMany({
    where: { engagementId: tx.engagement.id },
    include: { user: { include: { memberships: { include: { organisation: true } } } } },
    orderBy: [{ user: { name: "asc" } }, { role: "asc" }],
  });
  // The other side's service accounts are no rows that this side sees.
  const serving = rows.some(({ user }) => user.email === null) ? await servingMembers(tx) : new Set<string>();
  return rows.map(({ user, role }) => ({
    user,
    role,
    acts: user.disabledAt === null && (user.email !== null || serving.has(user.id)),
  }));
}

/** The service accounts with a role here that serve, whichever side they belong to. */
async function servingMembers(tx: ScopedTx): Promise<ReadonlySet<string>> {
  const rows = await tx.db.$queryRaw<{ readonly id: string }[]>`SELECT serving_members()::text AS id`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * Whose account acts here: one in use, of a person or of a service account that administrators answer for. One that came
 * along with an engagement of another service is a name and nothing else (decision 36).
 */
export const ACTING = { disabledAt: null, OR: [{ email: { not: null } }, { service: { isNot: null } }] };

/** The people of an organisation and its service accounts, which have no address: who can be given a role. */
export function listCandidates(tx: ScopedTx, organisationId: string) {
  return tx.db.user.findMany({
    where: { ...ACTING, memberships: { some: { organisationId } } },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/**
 * Where somebody who could be given something belongs, whether it is a service account, and whether it is one that came along
 * and acts nowhere; null for an unknown id.
 */
export async function placeOf(
  tx: ScopedTx,
  userId: string,
): Promise<{ readonly organisationId: string; readonly service: boolean; readonly nameOnly: boolean } | null> {
  const row = await tx.db.membership.findUnique({
    where: { userId },
    include: { user: { select: { email: true, service: { select: { userId: true } } } } },
  });
  if (!row) return null;
  const service = row.user.email === null;
  return { organisationId: row.organisationId, service, nameOnly: service && row.user.service === null };
}

/** The ids of the people who have a role in the engagement. */
export async function membersWithRole(tx: ScopedTx, role: EngagementRole): Promise<string[]> {
  const rows = await tx.db.engagementMember.findMany({
    where: { engagementId: tx.engagement.id, role },
    orderBy: { userId: "asc" },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}
