import type { InvitationRowDto } from "@/lib/contracts/people";
import type { IdentityTx, OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { OrganisationRole } from "@/lib/domain/access/roles";

/** How long an invitation can be used, in days. */
const VALID_DAYS = 7;

/** A way in for somebody new. */
export interface NewInvitation {
  readonly organisationId: string;
  readonly email: string;
  readonly name: string;
  readonly role: OrganisationRole;
  readonly tokenHash: string;
}

/** Stores an invitation. */
export async function insertInvitation(
  tx: OrganisationTx | ScopedTx,
  invitation: NewInvitation,
): Promise<InvitationRowDto> {
  const row = await tx.db.invitation.create({
    data: { ...invitation, invitedById: tx.actor.userId, expiresAt: endOf(tx.now), createdAt: tx.now },
  });
  return toDto(row);
}

/** Gives an open invitation of the organisation a new token and time; the link before is void. Null when there is none. */
export async function renewInvitation(
  tx: OrganisationTx,
  id: string,
  tokenHash: string,
): Promise<InvitationRowDto | null> {
  const where = { id, organisationId: tx.organisationId, acceptedAt: null, expiresAt: { gt: tx.now } };
  const [row] = await tx.db.invitation.updateManyAndReturn({ where, data: { tokenHash, expiresAt: endOf(tx.now) } });
  return row ? toDto(row) : null;
}

/** Ends an open invitation of the organisation. @returns whether there was one */
export async function endInvitation(tx: OrganisationTx, id: string): Promise<boolean> {
  const where = { id, organisationId: tx.organisationId, acceptedAt: null, expiresAt: { gt: tx.now } };
  return (await tx.db.invitation.updateMany({ where, data: { expiresAt: tx.now } })).count === 1;
}

/** Ends the open invitations into the organisation that somebody wrote. @returns their ids */
export async function endInvitationsBy(tx: OrganisationTx, invitedById: string): Promise<string[]> {
  const ended = await tx.db.invitation.updateManyAndReturn({
    where: { organisationId: tx.organisationId, invitedById, acceptedAt: null, expiresAt: { gt: tx.now } },
    data: { expiresAt: tx.now },
    select: { id: true },
  });
  return ended.map(({ id }) => id);
}

/** Ends the open invitations into a company that nobody has joined. @returns their ids */
export async function endInvitationsInto(tx: IdentityTx, organisationId: string): Promise<string[]> {
  const ended = await tx.db.invitation.updateManyAndReturn({
    where: {
      organisationId,
      acceptedAt: null,
      expiresAt: { gt: tx.now },
      organisation: { memberships: { none: {} } },
    },
    data: { expiresAt: tx.now },
    select: { id: true },
  });
  return ended.map(({ id }) => id);
}

function endOf(start: Date): Date {
  return new Date(start.getTime() + VALID_DAYS * 86_400_000);
}

/** The invitations of the organisation that can still be used. */
export async function listInvitations(tx: OrganisationTx): Promise<InvitationRowDto[]> {
  const rows = await tx.db.invitation.findMany({
    where: { organisationId: tx.organisationId, acceptedAt: null, expiresAt: { gt: tx.now } },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(toDto);
}

/** An invitation that can be used now, by its token's hash; its row is held so that it is used once. */
export async function findUsableInvitation(tx: IdentityTx, tokenHash: string) {
  await tx.db.$queryRaw`SELECT 1 FROM invitation WHERE token_hash = ${tokenHash} FOR UPDATE`;
  return tx.db.invitation.findFirst({
    where: { tokenHash, acceptedAt: null, expiresAt: { gt: tx.now } },
    include: { organisation: true },
  });
}

/** Uses an invitation up. */
export async function markAccepted(tx: IdentityTx, id: string): Promise<void> {
  await tx.db.invitation.update({ where: { id }, data: { acceptedAt: tx.now } });
}

function toDto(row: {
  id: string;
  email: string;
  name: string;
  role: string;
  createdAt: Date;
  expiresAt: Date;
}): InvitationRowDto {
  const { id, email, name } = row;
  return {
    id,
    email,
    name,
    role: row.role as OrganisationRole,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
