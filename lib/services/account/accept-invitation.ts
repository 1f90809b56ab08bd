import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { asNobody, changeIdentity, inIdentity } from "@/lib/auth/open";
import { hashPassword } from "@/lib/auth/password";
import { requireGoodPassword } from "@/lib/auth/password-quality";
import { tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { AcceptInvitationInput, InvitationDto } from "@/lib/contracts/session";
import { storePassword } from "@/lib/data/credentials";
import { findUsableInvitation, markAccepted } from "@/lib/data/invitations";
import { organisationRef } from "@/lib/data/organisations";
import { emailTaken, insertPerson } from "@/lib/data/people";
import { policyOf } from "@/lib/data/policies";
import { connectionOf } from "@/lib/data/single-sign-on";
import type { IdentityTx } from "@/lib/db/kinds";
import type { OrganisationRole } from "@/lib/domain/access/roles";
import { ssoStanding } from "@/lib/domain/security/single-sign-on";
import { answerUnusableLink } from "@/lib/services/account/unusable-link";

async function requireInvitation(tx: IdentityTx, token: string) {
  const invitation = await findUsableInvitation(tx, tokenHash(token));
  if (invitation) return invitation;
  throw new Failure("not_found", "This invitation was used already, has expired or never existed. Ask for a new one.");
}

/** The identity provider that whoever takes an invitation will sign in at; null where a password serves. */
async function providerFor(
  tx: IdentityTx,
  { email, organisationId }: { readonly email: string; readonly organisationId: string },
): Promise<string | null> {
  const connection = await connectionOf(tx, organisationId);
  return ssoStanding(connection, { userId: "", email }) === "required" ? (connection?.id ?? null) : null;
}

/** What an invitation is for. @throws Failure not_found when it cannot be used, which is an event */
export async function readInvitation(context: ServiceContext, token: string): Promise<InvitationDto> {
  try {
    return await inIdentity(asNobody(context), async (tx) => {
      const invitation = await requireInvitation(tx, token);
      const { email, name, organisation, expiresAt } = invitation;
      return {
        email,
        name,
        organisation: organisationRef(organisation),
        expiresAt: expiresAt.toISOString(),
        ssoConnectionId: await providerFor(tx, invitation),
        passwordMinLength: (await policyOf(tx, organisation.id)).values.passwordMinLength,
      };
    });
  } catch (error) {
    throw await answerUnusableLink(context, "invitation.failed", token, error);
  }
}

/**
 * Makes the account that an invitation promises, once. Where the person will sign in at an identity provider no password is
 * kept, whatever was sent: it would serve nowhere.
 * @throws Failure not_found, which is an event; already_exists, invalid
 */
export async function acceptInvitation(context: ServiceContext, input: AcceptInvitationInput): Promise<void> {
  try {
    await accept(context, input);
  } catch (error) {
    throw await answerUnusableLink(context, "invitation.failed", input.token, error);
  }
}

async function accept(context: ServiceContext, { token, name, password }: AcceptInvitationInput): Promise<void> {
  // Hashing is dear, so that nobody gets it for a token that they made up.
  const promised = await inIdentity(asNobody(context), async (tx) => {
    const invitation = await requireInvitation(tx, token);
    const { values: policy } = await policyOf(tx, invitation.organisationId);
    return { email: invitation.email, policy, provider: await providerFor(tx, invitation) };
  });
  let passwordHash: string | null = null;
  if (promised.provider === null) {
    const chosen = requireChosen(password);
    requireGoodPassword(chosen, promised.policy.passwordMinLength, { email: promised.email, name }, "password");
    passwordHash = await hashPassword(chosen);
  }
  await changeIdentity(asNobody(context), async (tx) => {
    const invitation = await requireInvitation(tx, token);
    const { organisationId, email } = invitation;
    if (await emailTaken(tx, email))
      throw new Failure("already_exists", "This address has an account already. Please sign in.");
    // Single sign-on may have been switched off meanwhile.
    const provider = await providerFor(tx, invitation);
    if (provider === null && passwordHash === null) requireChosen(undefined);
    const role = invitation.role as OrganisationRole;
    const { userId, membershipId } = await insertPerson(tx, { email, name, organisationId, role });
    if (provider === null && passwordHash !== null) await storePassword(tx, userId, passwordHash);
    await markAccepted(tx, invitation.id);
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        { userId, organisationId },
        {
          action: "person.joined",
          requestId: context.requestId,
          detail: { personId: userId, role, invitationId: invitation.id },
        },
        [
          { table: "app_user", id: userId },
          { table: "membership", id: membershipId },
          { table: "invitation", id: invitation.id },
        ],
      ),
    );
  });
}

/** The password of somebody who signs in by one. @throws Failure invalid, beside the field, when none was chosen */
function requireChosen(password: string | undefined): string {
  if (password !== undefined) return password;
  throw new Failure("invalid", "Choose a password: your organisation's people sign in by one.", {
    errors: [{ path: "password", message: "Choose a password." }],
  });
}
