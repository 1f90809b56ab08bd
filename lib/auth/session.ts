import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { endSessions, findSession, touchSession } from "@/lib/data/sessions";
import type { SecurityPolicy } from "@/lib/domain/security/policy";
import { isAlive, type SessionStage, type SignInMethod, sessionEnds } from "@/lib/domain/security/session-life";

/** How far the stored last use may lag: a session dies up to so much early, never late. */
const TOUCH_EVERY_MS = 30_000;

/** A live session, perhaps of a sign-in that is not finished. Only a finished one makes its person an actor. */
export interface OpenSession {
  readonly actor: Actor;
  readonly stage: SessionStage;
  readonly methods: readonly SignInMethod[];
  readonly policy: SecurityPolicy;
  readonly ends: { readonly idle: Date; readonly absolute: Date };
}

/**
 * The session of a token, or null when it is unknown, ended, idle too long or too old, or its person is disabled.
 * `extendsUse` says whether the request was caused by the person.
 */
export async function sessionOfToken(
  context: ServiceContext,
  token: string,
  extendsUse: boolean,
): Promise<OpenSession | null> {
  const row = await inIdentity(context, (tx) => findSession(tx, tokenHash(token)));
  const now = context.clock();
  if (!row?.organisationId || row.endedAt || row.disabled || !isAlive(row, row.policy, now)) return null;
  const touched = extendsUse && now.getTime() - row.lastSeenAt.getTime() >= TOUCH_EVERY_MS;
  if (touched) await inIdentity(context, (tx) => touchSession(tx, row.id));
  return {
    actor: {
      userId: row.userId,
      name: row.userName,
      organisationId: row.organisationId,
      sessionId: row.id,
      stepUpAt: row.stepUpAt,
    },
    stage: row.stage,
    methods: row.methods,
    policy: row.policy,
    ends: sessionEnds(touched ? { ...row, lastSeenAt: now } : row, row.policy),
  };
}

/** The person of a session whose sign-in is finished, or null. */
export async function actorOfToken(context: ServiceContext, token: string, extendsUse: boolean): Promise<Actor | null> {
  const session = await sessionOfToken(context, token, extendsUse);
  return session?.stage === "full" ? session.actor : null;
}

/** The session of a request that may come before the sign-in is finished. @throws Failure sign_in_required */
export function requireSession(session: OpenSession | null): OpenSession {
  if (!session) throw new Failure("sign_in_required", "Please sign in.");
  return session;
}

/** Ends the session in use, finished or not. */
export async function signOut(context: ServiceContext, session: OpenSession): Promise<void> {
  const { actor } = session;
  await changeIdentity(context, async (tx) => {
    await endSessions(tx, actor.userId, { only: [actor.sessionId] });
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "session.ended",
        requestId: context.requestId,
        detail: { sessionId: actor.sessionId, reason: "signed_out" },
      }),
    );
  });
}

/** Ends one's own sessions: one, or all others. Nothing happens to those that have ended. */
export async function endOwnSessions(context: SignedInContext, which: { readonly id?: string }): Promise<void> {
  const actor = requireActor(context);
  await changeIdentity(context, async (tx) => {
    const ended = await endSessions(tx, actor.userId, which.id ? { only: [which.id] } : { but: actor.sessionId });
    if (which.id && ended.length === 0) throw new Failure("not_found", "This session has ended already.");
    const [first, ...rest] = ended;
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "session.ended",
        requestId: context.requestId,
        detail: {
          sessionId: first ?? null,
          sessionIds: [...(first ? [first] : []), ...rest],
          reason: "ended_by_person",
        },
      }),
    );
  });
}
