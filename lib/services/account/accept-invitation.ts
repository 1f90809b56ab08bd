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
import type { IdentityTx } from "@/lib/db/kinds";
import type { OrganisationRole } from "@/lib/domain/access/roles";
import { answerUnusableLink } from "@/lib/services/account/unusable-link";

async function requireInvitation(tx: IdentityTx, token: string) {
  const invitation = await findUsableInvitation(tx, tokenHash(token));
  if (invitation) return invitation;
  throw new Failure("not_found", "This invitation was used already, has expired or never existed. Ask for a new one.");
}

/** What an invitation is for. @throws Failure not_found when it cannot be used, which is an event */
export async function readInvitation(context: ServiceContext, token: string): Promise<InvitationDto> {
  try {
    const { email, name, organisation, expiresAt } = await inIdentity(asNobody(context), (tx) =>
      requireInvitation(tx, token),
    );
    return { email, name, organisation: organisationRef(organisation), expiresAt: expiresAt.toISOString() };
  } catch (error) {
    throw await answerUnusableLink(context, "invitation.failed", token, error);
  }
}

/** Makes the account that an invitation promises, once. @throws Failure not_found, which is an event; already_exists, invalid */
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
    const { email, organisationId } = await requireInvitation(tx, token);
    return { email, policy: (await policyOf(tx, organisationId)).values };
  });
  requireGoodPassword(password, promised.policy.passwordMinLength, { email: promised.email, name }, "password");
  const passwordHash = await hashPassword(password);
  await changeIdentity(asNobody(context), async (tx) => {
    const invitation = await requireInvitation(tx, token);
    const { organisationId, email } = invitation;
    if (await emailTaken(tx, email))
      throw new Failure("already_exists", "This address has an account already. Please sign in.");
    const role = invitation.role as OrganisationRole;
    const { userId, membershipId } = await insertPerson(tx, { email, name, organisationId, role });
    await storePassword(tx, userId, passwordHash);
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
