import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { asNobody, changeIdentity, inIdentity } from "@/lib/auth/open";
import { hashPassword } from "@/lib/auth/password";
import { tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { AcceptInvitationInput, InvitationDto } from "@/lib/contracts/session";
import { storePassword } from "@/lib/data/credentials";
import { findUsableInvitation, markAccepted } from "@/lib/data/invitations";
import { organisationRef } from "@/lib/data/organisations";
import { emailTaken, insertPerson } from "@/lib/data/people";
import type { OrganisationRole } from "@/lib/domain/access/roles";

function notUsable(): Failure {
  return new Failure("not_found", "This invitation was used already, has expired or never existed. Ask for a new one.");
}

/** What an invitation is for. @throws Failure not_found when it cannot be used */
export function readInvitation(context: ServiceContext, token: string): Promise<InvitationDto> {
  return inIdentity(asNobody(context), async (tx) => {
    const invitation = await findUsableInvitation(tx, tokenHash(token));
    if (!invitation) throw notUsable();
    const { email, name } = invitation;
    return {
      email,
      name,
      organisation: organisationRef(invitation.organisation),
      expiresAt: invitation.expiresAt.toISOString(),
    };
  });
}

/** Makes the account that an invitation promises, once. @throws Failure not_found, already_exists */
export async function acceptInvitation(context: ServiceContext, input: AcceptInvitationInput): Promise<void> {
  // Hashing is dear, so that nobody gets it for a token that they made up.
  await readInvitation(context, input.token);
  const passwordHash = await hashPassword(input.password);
  await changeIdentity(asNobody(context), async (tx) => {
    const invitation = await findUsableInvitation(tx, tokenHash(input.token));
    if (!invitation) throw notUsable();
    const { organisationId, email } = invitation;
    if (await emailTaken(tx, email))
      throw new Failure("already_exists", "This address has an account already. Please sign in.");
    const role = invitation.role as OrganisationRole;
    const { userId, membershipId } = await insertPerson(tx, { email, name: input.name, organisationId, role });
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
