import { attempt } from "@/lib/auth/attempts";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { passwordMatches } from "@/lib/auth/password";
import type { OpenSession } from "@/lib/auth/session";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import { type AccountRow, findAccount, findAccountOf } from "@/lib/data/credentials";
import { hasFactor, summariseFactors } from "@/lib/data/factors";
import { endSessions, holdSessions, insertSession, listSessions, renewSession } from "@/lib/data/sessions";
import { clearFailures, isLocked } from "@/lib/data/sign-in-guard";
import type { IdentityTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { SignInFailure } from "@/lib/domain/audit/sign-in-details";
import {
  isAlive,
  type SessionStage,
  type SignInMethod,
  sessionsToEnd,
  stageOf,
} from "@/lib/domain/security/session-life";

/** The one answer to every failed sign-in: it tells neither whether the account exists nor whether it is locked. */
export function signInRefused(): Failure {
  return new Failure(
    "invalid_credentials",
    "E-mail address and password do not match, or the account is locked after too many failed attempts. A lock ends after at least 30 minutes, or when an administrator ends it. If your organisation uses single sign-on, sign in by that.",
  );
}

/** A password that was found right: whose it is, and the hash that it was compared with. */
export interface ShownPassword {
  readonly userId: string;
  readonly passwordHash: string;
}

/**
 * Checks an e-mail address and a password. Known, unknown, locked and disabled accounts take the same steps, and every
 * failure is an event.
 * @throws Failure invalid_credentials, the same for an unknown account, a wrong password and a lock
 */
export async function checkPassword(context: ServiceContext, email: string, password: string): Promise<ShownPassword> {
  const account = await inIdentity(context, (tx) => findAccount(tx, email));
  const passwordHash = account?.disabled ? null : (account?.passwordHash ?? null);
  const outcome = await attempt(
    context,
    account && passwordHash !== null ? account : { typed: email },
    "password",
    (taken) => passwordMatches(taken ? passwordHash : null, password),
  );
  if (account && passwordHash !== null && outcome === "right") return { userId: account.userId, passwordHash };
  await recordFailure(context, account, failureReason(account, outcome));
  throw signInRefused();
}

function failureReason(account: AccountRow | null, outcome: string) {
  if (!account) return "unknown_account" as const;
  if (account.disabled) return "disabled" as const;
  if (account.sso === "required") return "single_sign_on" as const;
  return outcome === "locked" ? ("locked" as const) : ("wrong_password" as const);
}

/** Leaves the event of a sign-in that failed, on the account's own chain or, without one, on the service's. */
export async function recordFailure(
  context: ServiceContext,
  account: { readonly organisationId: string | null; readonly userId: string | null } | null,
  reason: SignInFailure,
): Promise<void> {
  await changeIdentity(context, async (tx) => {
    const { organisationId = null, userId = null } = account ?? {};
    tx.record(
      makeEvent(organisationId ? organisationLog(organisationId) : SYSTEM_LOG, tx.now, null, {
        action: "session.failed",
        requestId: context.requestId,
        detail: { userId, reason },
      }),
    );
  });
}

/** A session that was just opened or renewed: the token for the cookie, and what comes next. */
export interface FreshSession {
  readonly token: string;
  readonly stage: SessionStage;
}

/**
 * For a session that is about to be opened by a password: refuses one that was changed or ended since it was compared.
 * Whoever changes it ends their other sessions, and this one would outlive that.
 * @throws KeptOut, which becomes the one answer to every sign-in that failed
 */
export async function requireStanding(tx: IdentityTx, shown: ShownPassword): Promise<null> {
  const account = await findAccountOf(tx, shown.userId);
  if (account && account.passwordHash !== shown.passwordHash) throw new KeptOut(account, "password_changed");
  return null;
}

/** An account that gets no session, whatever was shown. */
class KeptOut extends Error {
  constructor(
    readonly account: AccountRow,
    readonly reason: "locked" | "single_sign_on" | "disabled" | "password_changed",
  ) {
    super(reason);
  }
}

/**
 * Opens a session for a person who has just shown something of themselves. Of more sessions than the policy allows the
 * least used ones end. A lock holds for every way in: also for one that cannot be guessed, and for a right answer whose
 * account was locked while it was compared. Whoever has to come by way of an identity provider opens none by anything else.
 * @param shown notes what was shown, in the same transaction, and says which row that changed
 * @throws Failure invalid_credentials when the account is locked or not to be used
 */
export async function openSession(
  context: ServiceContext,
  userId: string,
  methods: readonly SignInMethod[],
  userAgent: string,
  shown: (tx: IdentityTx) => Promise<ChangedRow | null> = async () => null,
): Promise<FreshSession> {
  const token = newToken();
  const stage = await changeIdentity(context, async (tx) => {
    await holdSessions(tx, userId);
    const account = await findAccountOf(tx, userId);
    if (!account || account.organisationId === null) throw signInRefused();
    if (account.disabled) throw new KeptOut(account, "disabled");
    const past = !methods.includes("sso");
    if (past && account.sso === "required") throw new KeptOut(account, "single_sign_on");
    if (await isLocked(tx, userId)) throw new KeptOut(account, "locked");
    const now = await nextStage(tx, account, methods);
    const row = await shown(tx);
    const { organisationId } = account;
    await makeRoom(context, tx, { ...account, organisationId }, now);
    const address = context.address;
    const sessionId = await insertSession(tx, {
      userId,
      tokenHash: tokenHash(token),
      stage: now,
      methods,
      userAgent,
      address,
    });
    const actor = { userId, organisationId };
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        actor,
        {
          action: "session.started",
          requestId: context.requestId,
          detail: { sessionId, stage: now, methods },
        },
        row ? [row] : [],
      ),
    );
    if (past && account.sso === "break_glass") {
      const body = { action: "sso.glass_broken", requestId: context.requestId, detail: { sessionId } } as const;
      tx.record(makeEvent(organisationLog(organisationId), tx.now, actor, body));
    }
    return now;
  }).catch(async (error: unknown) => {
    if (!(error instanceof KeptOut)) throw error;
    await recordFailure(context, error.account, error.reason);
    throw signInRefused();
  });
  return { token, stage };
}

/**
 * Ends sessions past their time and, with an event each, those beyond what the policy allows.
 * @param comesTo the stage of the session that room is made for
 * @param but that session, when it is there already
 */
async function makeRoom(
  context: ServiceContext,
  tx: IdentityTx,
  { userId, organisationId, policy }: AccountRow & { readonly organisationId: string },
  comesTo: SessionStage,
  but?: string,
): Promise<void> {
  const others = (await listSessions(tx, userId)).filter(({ id }) => id !== but);
  const alive = others.filter((session) => isAlive(session, policy, tx.now));
  const dead = others.filter((session) => !alive.includes(session)).map(({ id }) => id);
  const surplus = sessionsToEnd(alive, comesTo, policy.maxSessions);
  await endSessions(tx, userId, { only: [...dead, ...surplus] });
  for (const sessionId of surplus) {
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        { userId, organisationId },
        {
          action: "session.ended",
          requestId: context.requestId,
          detail: { sessionId, reason: "too_many" },
        },
      ),
    );
  }
}

/** The stage that follows from what was shown; failures are forgotten once nothing is left to show. */
async function nextStage(tx: IdentityTx, account: AccountRow, methods: readonly SignInMethod[]): Promise<SessionStage> {
  const factors = await summariseFactors(tx, account.userId);
  const stage = stageOf({ methods, hasFactor: hasFactor(factors), mustChangePassword: account.mustChange });
  if (stage === "full" || stage === "change_password") await clearFailures(tx, account.userId);
  return stage;
}

/**
 * Takes a session on after something more was shown, with a new token; a finished sign-in counts among the sessions that the
 * policy allows. Belongs into the transaction that found it right.
 * @param method what was shown; absent when only the facts changed (a factor enrolled, a password chosen)
 */
export async function advanceSession(
  context: ServiceContext,
  tx: IdentityTx,
  session: OpenSession,
  method?: SignInMethod,
): Promise<FreshSession> {
  const { userId, sessionId } = session.actor;
  await holdSessions(tx, userId);
  const account = await findAccountOf(tx, userId);
  const organisationId = account?.organisationId ?? null;
  if (!account || account.disabled || organisationId === null) {
    throw new Failure("sign_in_required", "This account cannot be used. Please sign in again.");
  }
  const methods = method && !session.methods.includes(method) ? [...session.methods, method] : session.methods;
  const stage = await nextStage(tx, account, methods);
  const token = newToken();
  await renewSession(tx, sessionId, { tokenHash: tokenHash(token), stage, methods });
  if (stage === "full" && session.stage !== "full")
    await makeRoom(context, tx, { ...account, organisationId }, stage, sessionId);
  return { token, stage };
}
