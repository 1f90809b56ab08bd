import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import { ATTEMPT_PATIENCE_MS, MAX_WRONG_CODES } from "@/lib/domain/security/lockout";
import type { SecurityPolicy } from "@/lib/domain/security/policy";

/** What became of asking for an attempt: taken, refused by a lock, or all that are left are under way just now. */
export type Reservation = "taken" | "locked" | "busy";

/** An id that nobody has: unknown accounts cost the same statements as known ones. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Takes one of the attempts before anything is compared, in one statement: however many guesses arrive at once, no more
 * are evaluated than the policy allows failures. Attempts under way count, so that the last ones wait for each other.
 */
export async function reserveAttempt(tx: IdentityTx, userId: string, policy: SecurityPolicy): Promise<Reservation> {
  const lost = new Date(tx.now.getTime() - ATTEMPT_PATIENCE_MS);
  await tx.db.$executeRaw`INSERT INTO sign_in_guard (user_id)
    SELECT id FROM app_user WHERE id = ${userId}::uuid ON CONFLICT DO NOTHING`;
  const reserved = await tx.db.$executeRaw`
    UPDATE sign_in_guard SET
      failed_attempts = CASE WHEN locked_until IS NULL THEN failed_attempts ELSE 0 END,
      locked_until = NULL,
      under_way = CASE WHEN under_way_at <= ${lost}::timestamptz THEN 1 ELSE under_way + 1 END,
      under_way_at = ${tx.now}::timestamptz
    WHERE user_id = ${userId}::uuid AND wrong_codes < ${MAX_WRONG_CODES}
      AND (locked_until IS NULL OR locked_until <= ${tx.now}::timestamptz)
      AND CASE WHEN locked_until IS NULL THEN failed_attempts ELSE 0 END
        + CASE WHEN under_way_at <= ${lost}::timestamptz THEN 0 ELSE under_way END < ${policy.maxFailures}`;
  if (reserved === 1) return "taken";
  const busy = await tx.db.$queryRaw<unknown[]>`SELECT 1 FROM sign_in_guard
    WHERE user_id = ${userId}::uuid AND wrong_codes < ${MAX_WRONG_CODES} AND under_way > 0
      AND (locked_until IS NULL OR locked_until <= ${tx.now}::timestamptz)`;
  return busy.length > 0 ? "busy" : "locked";
}

/** What locked an account: failures of late, or wrong codes in all. */
export type LockedBy = "failures" | "codes";

/** Counts a taken attempt as failed; the last one that the policy allows locks. @returns what it locked by, or null */
export async function failAttempt(
  tx: IdentityTx,
  userId: string,
  policy: SecurityPolicy,
  wrongCode: boolean,
): Promise<LockedBy | null> {
  const until = new Date(tx.now.getTime() + policy.lockMinutes * 60_000);
  const [counted] = await tx.db.$queryRaw<{ failures: number; codes: number }[]>`
    UPDATE sign_in_guard SET
      under_way = greatest(under_way - 1, 0),
      failed_attempts = failed_attempts + 1,
      wrong_codes = wrong_codes + ${wrongCode ? 1 : 0},
      locked_until = CASE WHEN failed_attempts + 1 >= ${policy.maxFailures} THEN ${until}::timestamptz ELSE locked_until END
    WHERE user_id = ${userId}::uuid
    RETURNING failed_attempts AS failures, wrong_codes AS codes`;
  if (wrongCode && counted?.codes === MAX_WRONG_CODES) return "codes";
  return counted?.failures === policy.maxFailures ? "failures" : null;
}

/** Gives a taken attempt back: it was right. Failures stay counted until the whole sign-in has succeeded. */
export async function passAttempt(tx: IdentityTx, userId: string): Promise<void> {
  await tx.db
    .$executeRaw`UPDATE sign_in_guard SET under_way = greatest(under_way - 1, 0) WHERE user_id = ${userId}::uuid`;
}

/** Forgets the failures: somebody has shown everything that was asked for. A lock is ended by none of that. */
export async function clearFailures(tx: IdentityTx, userId: string): Promise<void> {
  await tx.db.$executeRaw`UPDATE sign_in_guard SET failed_attempts = 0, wrong_codes = 0, locked_until = NULL
    WHERE user_id = ${userId}::uuid AND wrong_codes < ${MAX_WRONG_CODES}
      AND (locked_until IS NULL OR locked_until <= ${tx.now}::timestamptz)`;
}

/** Whether an account is locked, by failures of late or by too many wrong codes in all. */
export async function isLocked(tx: IdentityTx, userId: string): Promise<boolean> {
  const guard = await tx.db.signInGuard.findUnique({
    where: { userId },
    select: { lockedUntil: true, wrongCodes: true },
  });
  if (!guard) return false;
  return guard.wrongCodes >= MAX_WRONG_CODES || (guard.lockedUntil !== null && guard.lockedUntil > tx.now);
}

/** Ends a lock, of either kind. @returns whether there was one */
export async function unlock(tx: OrganisationTx | IdentityTx, userId: string): Promise<boolean> {
  const { count } = await tx.db.signInGuard.updateMany({
    where: { userId, OR: [{ lockedUntil: { gt: tx.now } }, { wrongCodes: { gte: MAX_WRONG_CODES } }] },
    data: { failedAttempts: 0, wrongCodes: 0, lockedUntil: null },
  });
  return count === 1;
}
