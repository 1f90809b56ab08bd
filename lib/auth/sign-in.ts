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
import { isAlive, type SessionStage, type SignInMethod, stageOf } from "@/lib/domain/security/session-life";

/** The one answer to every failed sign-in: it tells neither whether the account exists nor whether it is locked. */
export function signInRefused(): Failure {
  return new Failure(
    "invalid_credentials",
    "E-mail address and password do not match, or the account is locked after too many failed attempts. A lock ends after 30 minutes, or when an administrator ends it.",
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
  const outcome = await attempt(context, passwordHash === null ? null : account, "password", (taken) =>
    passwordMatches(taken ? passwordHash : null, password),
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
 * @throws Failure invalid_credentials
 */
export async function requireStanding(tx: IdentityTx, shown: ShownPassword): Promise<null> {
  const account = await findAccountOf(tx, shown.userId);
  if (account?.passwordHash !== shown.passwordHash) throw signInRefused();
  return null;
}

/** An account that gets no session, whatever was shown. */
class KeptOut extends Error {
  constructor(
    readonly account: AccountRow,
    readonly reason: "locked" | "single_sign_on",
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
    if (!account || account.disabled || account.organisationId === null) throw signInRefused();
    const past = !methods.includes("sso");
    if (past && account.sso === "required") throw new KeptOut(account, "single_sign_on");
    if (await isLocked(tx, userId)) throw new KeptOut(account, "locked");
    const now = await nextStage(tx, account, methods);
    const row = await shown(tx);
    const ended = await makeRoom(tx, account);
    const address = context.address;
    const sessionId = await insertSession(tx, {
      userId,
      tokenHash: tokenHash(token),
      stage: now,
      methods,
      userAgent,
      address,
    });
    const { organisationId } = account;
    const actor = { userId, organisationId };
    for (const one of ended) {
      tx.record(
        makeEvent(organisationLog(organisationId), tx.now, actor, {
          action: "session.ended",
          requestId: context.requestId,
          detail: { sessionId: one, reason: "too_many" },
        }),
      );
    }
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

/** Ends sessions past their time, and the least used ones beyond what the policy allows. @returns those it ended early */
async function makeRoom(tx: IdentityTx, { userId, policy }: AccountRow): Promise<string[]> {
  const sessions = await listSessions(tx, userId);
  const alive = sessions.filter((session) => isAlive(session, policy, tx.now));
  const dead = sessions.filter((session) => !alive.includes(session)).map(({ id }) => id);
  const surplus = alive.slice(policy.maxSessions - 1).map(({ id }) => id);
  await endSessions(tx, userId, { only: [...dead, ...surplus] });
  return surplus;
}

/** The stage that follows from what was shown; failures are forgotten once nothing is left to show. */
async function nextStage(tx: IdentityTx, account: AccountRow, methods: readonly SignInMethod[]): Promise<SessionStage> {
  const factors = await summariseFactors(tx, account.userId);
  const stage = stageOf({ methods, hasFactor: hasFactor(factors), mustChangePassword: account.mustChange });
  if (stage === "full" || stage === "change_password") await clearFailures(tx, account.userId);
  return stage;
}

/**
 * Takes a session on after something more was shown, with a new token. Belongs into the transaction that found it right.
 * @param method what was shown; absent when only the facts changed (a factor enrolled, a password chosen)
 */
export async function advanceSession(
  tx: IdentityTx,
  session: OpenSession,
  method?: SignInMethod,
): Promise<FreshSession> {
  const { userId, sessionId } = session.actor;
  const account = await findAccountOf(tx, userId);
  if (!account || account.disabled) throw signInRefused();
  const methods = method && !session.methods.includes(method) ? [...session.methods, method] : session.methods;
  const stage = await nextStage(tx, account, methods);
  const token = newToken();
  await renewSession(tx, sessionId, { tokenHash: tokenHash(token), stage, methods });
  return { token, stage };
}
