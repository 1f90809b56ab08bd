import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { passwordMatches } from "@/lib/auth/password";
import { ABSOLUTE_MS, IDLE_MS, STEP_UP_MS, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { clearAttempts, findPasswordHash, reserveAttempt } from "@/lib/data/credentials";
import { endSession, findSession, setStepUp, touchSession } from "@/lib/data/sessions";

/** How far the stored last use may lag: a session dies up to so much early, never late. */
const TOUCH_EVERY_MS = 30_000;

/**
 * The person behind a session token, or null when the session is unknown, ended, idle for 15 minutes or
 * eight hours old. `extends` says whether the request was caused by the person.
 */
export async function actorOfToken(context: ServiceContext, token: string, extendsUse: boolean): Promise<Actor | null> {
  return inIdentity(context, async (tx) => {
    const row = await findSession(tx, tokenHash(token));
    if (!row?.organisationId || row.endedAt || row.disabled) return null;
    const now = tx.now.getTime();
    if (now - row.lastSeenAt.getTime() >= IDLE_MS || now - row.createdAt.getTime() >= ABSOLUTE_MS) return null;
    if (extendsUse && now - row.lastSeenAt.getTime() >= TOUCH_EVERY_MS) await touchSession(tx, row.id);
    return {
      userId: row.userId,
      name: row.userName,
      organisationId: row.organisationId,
      sessionId: row.id,
      stepUpAt: row.stepUpAt,
    };
  });
}

/** Ends the session in use. */
export async function signOut(context: SignedInContext): Promise<void> {
  const actor = requireActor(context);
  await changeIdentity(context, async (tx) => {
    await endSession(tx, actor.sessionId);
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "session.ended",
        requestId: context.requestId,
        detail: { sessionId: actor.sessionId, reason: "signed_out" },
      }),
    );
  });
}

/**
 * Takes the password again before a weighty act; wrong ones count towards the lock.
 * @returns the instant until which it holds
 * @throws Failure invalid_credentials
 */
export async function stepUp(context: SignedInContext, password: string): Promise<Date> {
  const actor = requireActor(context);
  const reserved = await inIdentity(context, (tx) => reserveAttempt(tx, actor.userId));
  const hash = reserved ? await inIdentity(context, (tx) => findPasswordHash(tx, actor.userId)) : null;
  const matches = await passwordMatches(hash, password);
  await changeIdentity(context, async (tx) => {
    if (matches) {
      await clearAttempts(tx, actor.userId);
      await setStepUp(tx, actor.sessionId, tx.now);
    }
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: matches ? "session.stepped_up" : "session.step_up_failed",
        requestId: context.requestId,
        detail: { sessionId: actor.sessionId },
      }),
    );
  });
  if (!matches) {
    throw new Failure(
      "invalid_credentials",
      "That is not your password, or the account is locked after six failed attempts.",
    );
  }
  return new Date(context.clock().getTime() + STEP_UP_MS);
}
