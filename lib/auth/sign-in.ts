import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { passwordMatches } from "@/lib/auth/password";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import { clearAttempts, findAccount, findOrganisationOf, reserveAttempt } from "@/lib/data/credentials";
import { insertSession } from "@/lib/data/sessions";

/** The one answer to every failed sign-in: it tells neither whether the account exists nor whether it is locked. */
function refused(): Failure {
  return new Failure(
    "invalid_credentials",
    "E-mail address and password do not match, or the account is locked after six failed attempts. A lock ends after 30 minutes.",
  );
}

/**
 * Checks an e-mail address and a password. The attempt is reserved before the password is hashed, and every
 * outcome is an event.
 * @returns the person's id
 * @throws Failure invalid_credentials, the same for an unknown account, a wrong password and a lock
 */
export async function checkPassword(context: ServiceContext, email: string, password: string): Promise<string> {
  const account = await inIdentity(context, (tx) => findAccount(tx, email));
  const reserved = account === null ? false : await inIdentity(context, (tx) => reserveAttempt(tx, account.userId));
  const matches = await passwordMatches(reserved && account ? account.passwordHash : null, password);
  if (account && matches) {
    await inIdentity(context, (tx) => clearAttempts(tx, account.userId));
    return account.userId;
  }
  await changeIdentity(context, async (tx) => {
    const { organisationId = null, userId = null } = account ?? {};
    tx.record(
      makeEvent(organisationId ? organisationLog(organisationId) : SYSTEM_LOG, tx.now, null, {
        action: "session.failed",
        requestId: context.requestId,
        detail: { userId, reason: account === null ? "unknown_account" : reserved ? "wrong_password" : "locked" },
      }),
    );
  });
  throw refused();
}

/** Opens a session for a person who has just shown who they are. @returns the token for the cookie */
export async function openSession(context: ServiceContext, userId: string, userAgent: string): Promise<string> {
  const token = newToken();
  await changeIdentity(context, async (tx) => {
    const organisationId = await findOrganisationOf(tx, userId);
    if (organisationId === null) throw refused();
    const sessionId = await insertSession(tx, userId, tokenHash(token), userAgent.slice(0, 300));
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        { userId, organisationId },
        {
          action: "session.started",
          requestId: context.requestId,
          detail: { sessionId },
        },
      ),
    );
  });
  return token;
}
