import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { attempt } from "@/lib/auth/attempts";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { checkShown, type ShownPasskey } from "@/lib/auth/factors/passkey";
import { recoveryCodeHash } from "@/lib/auth/factors/recovery-codes";
import { totpStepOf } from "@/lib/auth/factors/totp";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import type { OpenSession } from "@/lib/auth/session";
import { advanceSession, type FreshSession, openSession, recordFailure } from "@/lib/auth/sign-in";
import { Failure } from "@/lib/contracts/failure";
import { type AccountRow, findAccountOf } from "@/lib/data/credentials";
import { findTotp, takeRecoveryCode, takeTotpStep } from "@/lib/data/factors";
import { findPasskey, noteUseOfPasskey } from "@/lib/data/passkeys";
import { isLocked } from "@/lib/data/sign-in-guard";
import type { IdentityTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { SignInMethod } from "@/lib/domain/security/session-life";

/** Codes that somebody types in. */
export type CodeKind = "totp" | "recovery_code";

/** The one answer to every second factor that was not right. */
export function factorRefused(): Failure {
  return new Failure(
    "invalid_credentials",
    "That is not right, was used already, or the account is locked after too many failed attempts.",
  );
}

/** Where the sealed seed of a person's app stands. */
export function totpPlace(userId: string, organisationId: string) {
  return { table: "totp_factor", column: "secret", row: userId, organisationId } as const;
}

/** Finishes a sign-in by a code. Wrong, malformed and used ones count towards the lock. @throws Failure invalid_credentials, wrong_state */
export async function showCode(
  context: ServiceContext,
  session: OpenSession,
  kind: CodeKind,
  code: string,
): Promise<FreshSession> {
  requireFactorStage(session);
  let fresh: FreshSession | null = null;
  const outcome = await attempt(context, { ...session.actor, policy: session.policy }, "code", async (taken) => {
    if (!taken) return false;
    fresh = await changeIdentity(context, async (tx) => {
      const row = await takeCode(context, tx, session, kind, code);
      if (!row) return null;
      const next = await advanceSession(context, tx, session, kind);
      recordFactor(context, tx, session, kind, next, [row]);
      return next;
    }).catch(orNothing);
    return fresh !== null;
  });
  if (fresh && outcome === "right") return fresh;
  await recordWrong(context, session, kind, outcome === "locked");
  throw factorRefused();
}

/** A change without an event is refused, which is how a code that was not taken ends: nothing was changed. */
class NotTaken extends Error {}

function orNothing(error: unknown): null {
  if (error instanceof NotTaken) return null;
  throw error;
}

/**
 * Takes a code of a person, once, within a transaction that leaves an event with the row that comes back.
 * @throws NotTaken when it is wrong or was used
 */
export async function takeCode(
  context: ServiceContext,
  tx: IdentityTx,
  { actor }: Pick<OpenSession, "actor">,
  kind: CodeKind,
  code: string,
): Promise<ChangedRow> {
  const { userId, organisationId } = actor;
  if (kind === "recovery_code") {
    const id = await takeRecoveryCode(tx, userId, recoveryCodeHash(code));
    if (id === null) throw new NotTaken();
    return { table: "recovery_code", id };
  }
  const factor = await findTotp(tx, userId);
  if (!factor?.confirmed) throw new NotTaken();
  const secret = await context.secrets.unseal(tx, totpPlace(userId, organisationId), factor.secret);
  const step = await totpStepOf(secret, code.replace(/\s/g, ""), tx.now);
  if (step === null || !(await takeTotpStep(tx, userId, step))) throw new NotTaken();
  return { table: "totp_factor", id: userId };
}

/** Finishes a sign-in by a passkey after the password. @throws Failure invalid_credentials, wrong_state */
export async function showPasskey(
  context: ServiceContext,
  session: OpenSession,
  response: AuthenticationResponseJSON,
): Promise<FreshSession> {
  requireFactorStage(session);
  const shown = await checkShown(context, "factor", session.actor, response);
  if (!shown) {
    await recordWrong(context, session, "passkey", false);
    throw factorRefused();
  }
  const fresh = await changeIdentity(context, async (tx) => {
    await requireUnlocked(tx, session.actor.userId);
    const row = await notePasskey(tx, shown);
    const next = await advanceSession(context, tx, session, "passkey");
    recordFactor(context, tx, session, "passkey", next, [row]);
    return next;
  }).catch(orLocked(null));
  if (fresh) return fresh;
  await recordWrong(context, session, "passkey", true);
  throw factorRefused();
}

/** What was shown was right and counts for nothing: the account is locked, for passkeys and providers too. */
class Locked extends Error {}

/** Refuses within a transaction what a locked account shows. */
export async function requireUnlocked(tx: IdentityTx, userId: string): Promise<void> {
  if (await isLocked(tx, userId)) throw new Locked();
}

/** Answers a lock that `requireUnlocked` met with a value of its own; everything else goes on up. */
export function orLocked<T>(answer: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Locked) return answer;
    throw error;
  };
}

/** Signs somebody in by a passkey alone: it checked its person, so it is two factors. @throws Failure invalid_credentials */
export async function signInByPasskey(
  context: ServiceContext,
  response: AuthenticationResponseJSON,
  userAgent: string,
): Promise<FreshSession> {
  const shown = await checkShown(context, "sign_in", null, response);
  if (!shown) {
    await recordFailure(context, await ownerOfPasskey(context, response.id), "wrong_passkey");
    throw factorRefused();
  }
  try {
    return await openSession(context, shown.passkey.userId, ["passkey"], userAgent, (tx) => notePasskey(tx, shown));
  } catch (error) {
    // In the words for a passkey, not in those for a password.
    throw error instanceof Failure && error.code === "invalid_credentials" ? factorRefused() : error;
  }
}

/** Whose a passkey is that was not shown rightly, so that its person and their administrators hear of it. */
function ownerOfPasskey(context: ServiceContext, credentialId: string): Promise<AccountRow | null> {
  return inIdentity(context, async (tx) => {
    const passkey = await findPasskey(tx, credentialId);
    return passkey && findAccountOf(tx, passkey.userId);
  });
}

/** Notes that a passkey was used. */
export async function notePasskey(tx: IdentityTx, { passkey, counter, backedUp }: ShownPasskey): Promise<ChangedRow> {
  await noteUseOfPasskey(tx, passkey.id, counter, backedUp);
  return { table: "passkey", id: passkey.id };
}

function requireFactorStage({ stage }: OpenSession): void {
  if (stage !== "factor") throw new Failure("wrong_state", "Nothing more has to be shown in this sign-in.");
}

function recordFactor(
  context: ServiceContext,
  tx: IdentityTx,
  { actor }: OpenSession,
  method: SignInMethod,
  next: FreshSession,
  changes: readonly ChangedRow[],
): void {
  tx.record(
    makeEvent(
      organisationLog(actor.organisationId),
      tx.now,
      actor,
      {
        action: "session.factor_shown",
        requestId: context.requestId,
        detail: { sessionId: actor.sessionId, method, stage: next.stage },
      },
      changes,
    ),
  );
}

/** Leaves the event of a second factor that was not right, or was right and counted for nothing. */
export async function recordWrong(
  context: ServiceContext,
  { actor }: OpenSession,
  method: SignInMethod,
  locked: boolean,
): Promise<void> {
  await changeIdentity(context, async (tx) => {
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "session.factor_failed",
        requestId: context.requestId,
        detail: { sessionId: actor.sessionId, method, reason: locked ? "locked" : "wrong" },
      }),
    );
  });
}

/** Whether a code would be right and is taken by that: for weighty acts and for confirming an app. */
export async function codeIsTaken(
  context: ServiceContext,
  session: Pick<OpenSession, "actor">,
  kind: CodeKind,
  code: string,
  then: (tx: IdentityTx, row: ChangedRow) => Promise<void>,
): Promise<boolean> {
  const taken = await changeIdentity(context, async (tx) => {
    const row = await takeCode(context, tx, session, kind, code);
    await then(tx, row);
    return true;
  }).catch(orNothing);
  return taken === true;
}
