import type { IdentityTx, SystemTx } from "@/lib/db/kinds";

/** Failures in a row that lock an account: the stricter of PCI DSS 3.2.1 8.1.6 (six) and 4.0.1 8.3.4 (ten). */
export const MAX_FAILURES = 6;
/** How long a lock holds, in minutes. */
export const LOCK_MINUTES = 30;

/** What sign-in needs to know about an account. */
export interface AccountRow {
  readonly userId: string;
  readonly organisationId: string | null;
  readonly passwordHash: string;
}

/** The account of an e-mail address, if it can sign in at all. */
export async function findAccount(tx: IdentityTx, email: string): Promise<AccountRow | null> {
  const user = await tx.db.user.findUnique({ where: { email }, include: { credential: true, memberships: true } });
  if (!user?.credential || user.disabledAt) return null;
  return {
    userId: user.id,
    organisationId: user.memberships[0]?.organisationId ?? null,
    passwordHash: user.credential.passwordHash,
  };
}

/**
 * Takes one of the six attempts, before the password is looked at, in one statement: however many guesses
 * arrive at once, no more than six are evaluated. False when the account is locked.
 */
export async function reserveAttempt(tx: IdentityTx, userId: string): Promise<boolean> {
  const lockUntil = new Date(tx.now.getTime() + LOCK_MINUTES * 60_000);
  const reserved = await tx.db.$executeRaw`
    UPDATE credential SET
      failed_attempts = CASE WHEN locked_until IS NULL THEN failed_attempts + 1 ELSE 1 END,
      locked_until = CASE WHEN locked_until IS NULL AND failed_attempts + 1 >= ${MAX_FAILURES} THEN ${lockUntil}::timestamptz ELSE NULL END
    WHERE user_id = ${userId}::uuid AND (locked_until IS NULL OR locked_until <= ${tx.now}::timestamptz)`;
  return reserved === 1;
}

/** Forgets the failures after a right password. */
export async function clearAttempts(tx: IdentityTx, userId: string): Promise<void> {
  await tx.db.credential.update({ where: { userId }, data: { failedAttempts: 0, lockedUntil: null } });
}

/** The stored hash of a person's password. */
export async function findPasswordHash(tx: IdentityTx, userId: string): Promise<string | null> {
  const row = await tx.db.credential.findUnique({ where: { userId } });
  return row?.passwordHash ?? null;
}

/** Stores a password's hash. */
export async function storePassword(tx: IdentityTx | SystemTx, userId: string, passwordHash: string): Promise<void> {
  const fresh = { passwordHash, changedAt: tx.now, failedAttempts: 0, lockedUntil: null };
  await tx.db.credential.upsert({ where: { userId }, create: { userId, ...fresh }, update: fresh });
}

/** The organisation of a person who may sign in, or null. */
export async function findOrganisationOf(tx: IdentityTx, userId: string): Promise<string | null> {
  const user = await tx.db.user.findUnique({ where: { id: userId }, include: { memberships: true } });
  return user && !user.disabledAt ? (user.memberships[0]?.organisationId ?? null) : null;
}
