import type { ServiceContext } from "@/lib/auth/context";
import { amongAccounts } from "@/lib/auth/open";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import type { InvitationMadeDto, InviteInput } from "@/lib/contracts/people";
import { insertInvitation, listInvitations } from "@/lib/data/invitations";
import { emailTaken } from "@/lib/data/people";

/** The address that an invitation's token is opened at. */
export function invitationLink(baseUrl: string, token: string): string {
  return `${baseUrl}/join/${token}`;
}

/** Invites somebody into one's own organisation. The link is in the reply and nowhere else. @throws Failure already_exists */
export function invitePerson(context: ServiceContext, input: InviteInput, baseUrl: string): Promise<InvitationMadeDto> {
  const token = newToken();
  // The reply carries a way in, so it is not kept for a repeated request.
  return changeOrganisation({ ...context, idempotency: undefined }, "organisation.invite", async (tx) => {
    if (await amongAccounts(tx, (accounts) => emailTaken(accounts, input.email))) {
      throw new Failure("already_exists", "This address has an account already.", {
        errors: [{ path: "email", message: "This address has an account already." }],
      });
    }
    const made = await insertInvitation(tx, {
      ...input,
      organisationId: tx.organisationId,
      tokenHash: tokenHash(token),
    });
    recordInOrganisation(context, tx, {
      action: "person.invited",
      detail: { invitationId: made.id, organisationId: tx.organisationId, role: input.role },
      changes: [{ table: "invitation", id: made.id }],
    });
    return { ...made, link: invitationLink(baseUrl, token) };
  });
}

/** The open invitations of one's own organisation, without their links. */
export async function readInvitations(context: ServiceContext): Promise<Collection<InvitationMadeDto>> {
  const items = await readOrganisation(context, "organisation.read", listInvitations);
  return { total: items.length, items };
}
