import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { amongAccounts } from "@/lib/auth/open";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import type { InvitationMadeDto, InvitationRowDto, InviteInput } from "@/lib/contracts/people";
import { endInvitation, insertInvitation, listInvitations, renewInvitation } from "@/lib/data/invitations";
import { findOrganisation } from "@/lib/data/organisations";
import { emailTaken } from "@/lib/data/people";
import type { OrganisationTx } from "@/lib/db/kinds";
import { invitationLetter } from "@/lib/mail/letters";
import { handOver } from "@/lib/services/organisation/hand-over";

/** The address that an invitation's token is opened at. */
export function invitationLink(context: ServiceContext, token: string): string {
  return `${context.url}/join/${token}`;
}

/**
 * Invites somebody into one's own organisation. The link goes by mail; where none took it, it is in the reply and nowhere
 * else. @throws Failure already_exists
 */
export async function invitePerson(context: ServiceContext, input: InviteInput): Promise<InvitationMadeDto> {
  const token = newToken();
  // The reply may carry a way in, so it is not kept for a repeated request.
  const made = await changeOrganisation({ ...context, idempotency: undefined }, "organisation.invite", async (tx) => {
    await requireFreeAddress(tx, input.email);
    const row = await insertInvitation(tx, {
      ...input,
      organisationId: tx.organisationId,
      tokenHash: tokenHash(token),
    });
    recordInOrganisation(context, tx, {
      action: "person.invited",
      detail: { invitationId: row.id, organisationId: tx.organisationId, role: input.role },
      changes: [{ table: "invitation", id: row.id }],
    });
    return { row, organisation: await nameOfOrganisation(tx) };
  });
  return deliver(context, made, token);
}

/** Sends an open invitation again, with a new link and new time; the link before is void. @throws Failure not_found, already_exists */
export async function resendInvitation(context: ServiceContext, id: string): Promise<InvitationMadeDto> {
  const token = newToken();
  const made = await changeOrganisation({ ...context, idempotency: undefined }, "organisation.invite", async (tx) => {
    const row = await renewInvitation(tx, id, tokenHash(token));
    if (!row) throw notFound();
    await requireFreeAddress(tx, row.email);
    recordInOrganisation(context, tx, {
      action: "invitation.resent",
      detail: { invitationId: id },
      changes: [{ table: "invitation", id }],
    });
    return { row, organisation: await nameOfOrganisation(tx) };
  });
  return deliver(context, made, token);
}

/** Withdraws an open invitation: its link is void at once. @throws Failure not_found */
export function withdrawInvitation(context: ServiceContext, id: string): Promise<void> {
  return changeOrganisation(context, "organisation.invite", async (tx) => {
    if (!(await endInvitation(tx, id))) throw notFound();
    recordInOrganisation(context, tx, {
      action: "invitation.withdrawn",
      detail: { invitationId: id },
      changes: [{ table: "invitation", id }],
    });
  });
}

/** The open invitations of one's own organisation, for its administrators. @throws Failure forbidden */
export async function readInvitations(context: ServiceContext): Promise<Collection<InvitationRowDto>> {
  const items = await readOrganisation(context, "organisation.accounts", listInvitations);
  return { total: items.length, items };
}

async function requireFreeAddress(tx: OrganisationTx, email: string): Promise<void> {
  if (!(await amongAccounts(tx, (accounts) => emailTaken(accounts, email)))) return;
  const message = "This address has an account already.";
  throw new Failure("already_exists", message, { errors: [{ path: "email", message }] });
}

async function nameOfOrganisation(tx: OrganisationTx): Promise<string> {
  return (await findOrganisation(tx, tx.organisationId))?.name ?? "";
}

async function deliver(
  context: ServiceContext,
  { row, organisation }: { readonly row: InvitationRowDto; readonly organisation: string },
  token: string,
): Promise<InvitationMadeDto> {
  const link = invitationLink(context, token);
  const way = { link, expiresAt: new Date(row.expiresAt) };
  const letter = invitationLetter(row, requireActor(context).name, organisation, way);
  return { ...row, ...(await handOver(context, link, letter)) };
}
