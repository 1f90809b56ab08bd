import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { changePerson } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { PasswordResetMadeDto } from "@/lib/contracts/people";
import { endPassword } from "@/lib/data/credentials";
import { insertPasswordReset, voidPasswordResets } from "@/lib/data/password-resets";
import { endSessions } from "@/lib/data/sessions";
import { readConnection } from "@/lib/data/single-sign-on";
import { ssoStanding } from "@/lib/domain/security/single-sign-on";
import { endedPasswordLetter } from "@/lib/mail/letters";
import { resetLink } from "@/lib/services/account/reset-link";
import { revokeTokens } from "@/lib/services/account/revoke-tokens";
import { handOver } from "@/lib/services/organisation/hand-over";

/**
 * Ends a person's password at once, and all sessions and API tokens with it; a link to choose a new one goes by mail, or by hand where no
 * mail took it. Second factors and locks stay.
 * @throws Failure not_found, forbidden for oneself, step_up_required, wrong_state, blocked
 */
export async function resetPassword(context: ServiceContext, personId: string): Promise<PasswordResetMadeDto> {
  const token = newToken();
  // The reply may carry a way in, so it is not kept for a repeated request.
  const once = { ...context, idempotency: undefined };
  const { person, expiresAt } = await changePerson(once, { personId }, async (tx, found) => {
    if (found.disabled) throw new Failure("wrong_state", "The account is disabled. Enable it first.");
    if (ssoStanding(await readConnection(tx), found) === "required") {
      throw new Failure("blocked", "This person signs in at your identity provider, where no password of ours serves.");
    }
    // Whoever was made by single sign-on has none yet, and gets the first one in this way.
    await endPassword(tx, personId);
    const before = await voidPasswordResets(tx, personId);
    const made = await insertPasswordReset(tx, personId, tokenHash(token), tx.actor.userId);
    await endSessions(tx, personId);
    const tokens = await revokeTokens(tx, personId);
    recordInOrganisation(context, tx, {
      action: "password.reset_made",
      detail: { personId, ...tokens.detail },
      changes: [...[...before, made.id].map((id) => ({ table: "password_reset", id })), ...tokens.changes],
    });
    return { person: found, expiresAt: made.expiresAt };
  });
  const link = resetLink(context, token);
  const letter = endedPasswordLetter(person, requireActor(context).name, { link, expiresAt });
  return { ...(await handOver(context, link, letter)), expiresAt: expiresAt.toISOString() };
}
