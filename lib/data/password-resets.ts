import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";

/** How long a link that a person asked for works, in minutes. */
const OWN_MINUTES = 30;
/** How long a link that an administrator made works, in minutes: it has to reach the person first. */
const HANDED_MINUTES = 24 * 60;

/** A link that was made. */
export interface PasswordResetMade {
  readonly id: string;
  readonly expiresAt: Date;
}

/** Stores a link for a new password by its token's hash. @param by the administrator who made it; null for the person */
export async function insertPasswordReset(
  tx: IdentityTx | OrganisationTx,
  userId: string,
  tokenHash: string,
  by: string | null,
): Promise<PasswordResetMade> {
  const minutes = by === null ? OWN_MINUTES : HANDED_MINUTES;
  const expiresAt = new Date(tx.now.getTime() + minutes * 60_000);
  const data = { userId, tokenHash, requestedById: by, createdAt: tx.now, expiresAt };
  return tx.db.passwordReset.create({ data, select: { id: true, expiresAt: true } });
}

/** Lets requests for one person's password go one after the other, and counts the links that are open. */
export async function countOpenResets(tx: IdentityTx, userId: string): Promise<number> {
  await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-reset:' || ${userId}, 0))::text`;
  return tx.db.passwordReset.count({ where: { userId, usedAt: null, expiresAt: { gt: tx.now } } });
}

/** A person's open links become void. @returns their ids */
export async function voidPasswordResets(tx: IdentityTx | OrganisationTx, userId: string): Promise<string[]> {
  const open = { userId, usedAt: null, expiresAt: { gt: tx.now } };
  const rows = await tx.db.passwordReset.findMany({ where: open, select: { id: true } });
  const ids = rows.map(({ id }) => id);
  await tx.db.passwordReset.updateMany({ where: { id: { in: ids } }, data: { usedAt: tx.now } });
  return ids;
}

/** A link that works now, by its token's hash; its row is held so that it is used once. Null also for a disabled person. */
export async function findUsableReset(
  tx: IdentityTx,
  tokenHash: string,
): Promise<{ readonly id: string; readonly userId: string } | null> {
  await tx.db.$queryRaw`SELECT 1 FROM password_reset WHERE token_hash = ${tokenHash} FOR UPDATE`;
  return tx.db.passwordReset.findFirst({
    where: { tokenHash, usedAt: null, expiresAt: { gt: tx.now }, user: { disabledAt: null } },
    select: { id: true, userId: true },
  });
}

/** Uses a link up. */
export async function markResetUsed(tx: IdentityTx, id: string): Promise<void> {
  await tx.db.passwordReset.update({ where: { id }, data: { usedAt: tx.now } });
}
