import { attempt } from "@/lib/auth/attempts";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { hashPassword, passwordMatches } from "@/lib/auth/password";
import { requireFreshPassword, requireGoodPassword } from "@/lib/auth/password-quality";
import type { OpenSession } from "@/lib/auth/session";
import { advanceSession, type FreshSession } from "@/lib/auth/sign-in";
import { Failure, fieldProblem } from "@/lib/contracts/failure";
import { type AccountRow, findAccountOf, lastPasswords, storePassword } from "@/lib/data/credentials";
import { voidPasswordResets } from "@/lib/data/password-resets";
import { endSessions, holdSessions } from "@/lib/data/sessions";
import type { IdentityTx } from "@/lib/db/kinds";
import { revokeTokens } from "@/lib/services/account/revoke-tokens";

/**
 * Changes one's own password and ends one's other sessions, API tokens and links for a new one; the session in use goes on with a new
 * token. Wrong current passwords count towards the lock and are events, as wherever else the password is asked for again.
 * @throws Failure invalid, naming the field; second_factor_required; wrong_state under single sign-on
 */
export async function changePassword(
  context: ServiceContext,
  session: OpenSession,
  input: { readonly currentPassword?: string | undefined; readonly newPassword: string },
): Promise<FreshSession> {
  const { actor, stage } = session;
  if (stage !== "full" && stage !== "change_password") {
    throw new Failure("second_factor_required", "Finish signing in first.");
  }
  const account = await inIdentity(context, (tx) => findAccountOf(tx, actor.userId));
  if (!account) throw new Failure("sign_in_required", "Please sign in.");
  if (account.sso === "required") {
    throw new Failure("wrong_state", "Your organisation signs in by single sign-on, so no password serves here.");
  }
  // Whoever came so far without a password that serves has shown a passkey, and has no other to enter.
  const none = stage === "change_password" && account.passwordHash === null;
  if (!none && input.currentPassword === undefined) throw fieldProblem("currentPassword", "Please fill this in.");
  if (!none && !(await isCurrent(context, account, input.currentPassword ?? ""))) {
    await changeIdentity(context, async (tx) => {
      tx.record(
        makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
          action: "session.step_up_failed",
          requestId: context.requestId,
          detail: { sessionId: actor.sessionId },
        }),
      );
    });
    throw fieldProblem("currentPassword", "That is not your current password, or the account is locked.");
  }
  requireGoodPassword(input.newPassword, account.policy.passwordMinLength, account, "newPassword");
  const last = await inIdentity(context, (tx) => lastPasswords(tx, actor.userId, account.policy.passwordHistory));
  await requireFreshPassword(input.newPassword, last, "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  return changeIdentity(context, async (tx) => {
    await holdSessions(tx, actor.userId);
    await requireUnchanged(tx, account);
    await storePassword(tx, actor.userId, passwordHash);
    await endSessions(tx, actor.userId, { but: actor.sessionId });
    const links = await voidPasswordResets(tx, actor.userId);
    const tokens = await revokeTokens(tx, actor.userId);
    const fresh = await advanceSession(context, tx, session);
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        { action: "password.changed", requestId: context.requestId, detail: { ...tokens.detail } },
        [...links.map((id) => ({ table: "password_reset", id })), ...tokens.changes],
      ),
    );
    return fresh;
  });
}

/** Hashing takes a while: an administrator may have ended the password, or the person chosen another, meanwhile. */
async function requireUnchanged(tx: IdentityTx, { userId, passwordHash }: AccountRow): Promise<void> {
  if ((await findAccountOf(tx, userId))?.passwordHash !== passwordHash) {
    throw new Failure("wrong_state", "Your password was changed or ended meanwhile. Please load the page again.");
  }
}

async function isCurrent(context: ServiceContext, account: AccountRow, password: string): Promise<boolean> {
  const outcome = await attempt(context, account, "password", (taken) =>
    passwordMatches(taken ? account.passwordHash : null, password),
  );
  return outcome === "right";
}
