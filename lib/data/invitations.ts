import type { InvitationMadeDto } from "@/lib/contracts/people";
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

/** Stores an invitation. The reply has no link: only the service that made the token can write one. */
export async function insertInvitation(
  tx: OrganisationTx | ScopedTx,
  invitation: NewInvitation,
): Promise<InvitationMadeDto> {
  const expiresAt = new Date(tx.now.getTime() + VALID_DAYS * 86_400_000);
  const row = await tx.db.invitation.create({
    data: { ...invitation, invitedById: tx.actor.userId, expiresAt, createdAt: tx.now },
  });
  return toDto(row);
}

/** The invitations of the organisation that can still be used. */
export async function listInvitations(tx: OrganisationTx): Promise<InvitationMadeDto[]> {
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

function toDto(row: { id: string; email: string; name: string; role: string; expiresAt: Date }): InvitationMadeDto {
  const { id, email, name } = row;
  return { id, email, name, role: row.role as OrganisationRole, expiresAt: row.expiresAt.toISOString(), link: null };
}
