import type { SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { hashPassword, passwordMatches } from "@/lib/auth/password";
import { fieldProblem } from "@/lib/contracts/failure";
import { clearAttempts, findPasswordHash, reserveAttempt, storePassword } from "@/lib/data/credentials";
import { endOtherSessions } from "@/lib/data/sessions";

/**
 * Changes one's own password and ends one's other sessions. Wrong current passwords count towards the lock and are
 * events, as wherever else the password is asked for again.
 * @throws Failure invalid, naming the field
 */
export async function changePassword(
  context: SignedInContext,
  input: { readonly currentPassword: string; readonly newPassword: string },
): Promise<void> {
  const { actor } = context;
  const reserved = await inIdentity(context, (tx) => reserveAttempt(tx, actor.userId));
  const stored = reserved ? await inIdentity(context, (tx) => findPasswordHash(tx, actor.userId)) : null;
  if (!(await passwordMatches(stored, input.currentPassword))) {
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
  await inIdentity(context, (tx) => clearAttempts(tx, actor.userId));
  if (await passwordMatches(stored, input.newPassword))
    throw fieldProblem("newPassword", "Choose a password that differs.");
  const passwordHash = await hashPassword(input.newPassword);
  await changeIdentity(context, async (tx) => {
    await storePassword(tx, actor.userId, passwordHash);
    await endOtherSessions(tx, actor.userId, actor.sessionId);
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "password.changed",
        requestId: context.requestId,
      }),
    );
  });
}
