import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { amongAccounts } from "@/lib/auth/open";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import type { EngagementDto } from "@/lib/contracts/engagement";
import { Failure, fieldProblem } from "@/lib/contracts/failure";
import type { HandedOver, InviteAssessorInput } from "@/lib/contracts/people";
import { acceptAssessor, findEngagement, setAssessor } from "@/lib/data/engagements";
import { endInvitationsInto, insertInvitation } from "@/lib/data/invitations";
import { findAssessorCompany, findEmptyAssessorCompany, insertAssessorCompany } from "@/lib/data/organisations";
import { emailTaken } from "@/lib/data/people";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { assessorLetter } from "@/lib/mail/letters";
import { engagementDto } from "@/lib/services/engagement/engagement-dto";
import { handOver } from "@/lib/services/organisation/hand-over";
import { invitationLink } from "@/lib/services/organisation/invite-person";

/** The engagement; for a firm that is new here also how its admin's invitation went on its way. */
export interface AssessorInvited extends Partial<HandedOver> {
  readonly engagement: EngagementDto;
}

/**
 * Names the assessor company of an engagement: one that is here already, or a new one whose admin is invited. From then on
 * nobody of the entity decides. Until the company accepts, another one can take its place, and a new one that nobody
 * joined gets a new link: a link that was lost would otherwise leave nobody who can decide. Links before are void then.
 * @throws Failure already_exists once a company has accepted, invalid
 */
export async function inviteAssessor(
  context: ServiceContext,
  engagementId: string,
  input: InviteAssessorInput,
): Promise<AssessorInvited> {
  // The reply may carry a way in, so it is not kept for a repeated request.
  const once = { ...context, idempotency: undefined };
  const { engagement, invited } = await changeScope(
    once,
    "assessor.invite",
    { engagementId },
    "none",
    async (tx, grant) => {
      const pending = tx.engagement.assessorOrganisationId;
      const ended =
        pending === null ? [] : await amongAccounts(tx, (accounts) => endInvitationsInto(accounts, pending));
      const firm = "organisationId" in input ? await knownFirm(tx, input.organisationId) : await newFirm(tx, input);
      if (!(await setAssessor(tx, firm.id))) {
        throw new Failure("already_exists", "This engagement has an assessor company already.");
      }
      recordInEngagement(context, tx, {
        action: "assessor.invited",
        detail: { assessorOrganisationId: firm.id, newFirm: firm.way !== null },
        changes: [
          { table: "engagement", id: engagementId },
          ...ended.map((id) => ({ table: "invitation", id })),
          ...firm.changes,
        ],
      });
      return { engagement: engagementDto(await findEngagement(tx), grant), invited: firm.way };
    },
  );
  if (!invited || "organisationId" in input) return { engagement };
  const link = invitationLink(context, invited.token);
  const to = { email: input.adminEmail, name: input.adminName };
  const way = { link, expiresAt: invited.expiresAt };
  const letter = assessorLetter(to, requireActor(context).name, engagement.entity.name, input.firmName, way);
  return { engagement, ...(await handOver(context, link, letter)) };
}

/** The assessor company's admin takes the engagement on. @throws Failure forbidden when it was accepted before */
export function acceptEngagement(context: ServiceContext, engagementId: string): Promise<EngagementDto> {
  return changeScope(context, "assessor.accept", { engagementId }, "none", async (tx, grant) => {
    if (!(await acceptAssessor(tx))) throw new Failure("already_exists", "This engagement was accepted already.");
    recordInEngagement(context, tx, {
      action: "assessor.accepted",
      changes: [{ table: "engagement", id: engagementId }],
    });
    const engagement = { ...grant.facts.engagement, assessorAccepted: true } as typeof grant.facts.engagement;
    return engagementDto(await findEngagement(tx), { ...grant, facts: { ...grant.facts, engagement } });
  });
}

interface Firm {
  readonly id: string;
  /** The way in of a new firm's admin. */
  readonly way: { readonly token: string; readonly expiresAt: Date } | null;
  readonly changes: readonly ChangedRow[];
}

async function knownFirm(tx: ScopedTx, id: string): Promise<Firm> {
  const firm = await findAssessorCompany(tx, id);
  if (!firm) throw fieldProblem("organisationId", "Choose one of the assessor companies.");
  return { id, way: null, changes: [] };
}

async function newFirm(
  tx: ScopedTx,
  input: { readonly firmName: string; readonly adminName: string; readonly adminEmail: string },
): Promise<Firm> {
  if (await amongAccounts(tx, (accounts) => emailTaken(accounts, input.adminEmail))) {
    throw fieldProblem("adminEmail", "This address has an account already.");
  }
  const pending = tx.engagement.assessorOrganisationId;
  const known = pending === null ? null : await findEmptyAssessorCompany(tx, pending, input.firmName);
  const firm = known ?? (await insertAssessorCompany(tx, input.firmName));
  const token = newToken();
  const invitation = await insertInvitation(tx, {
    organisationId: firm.id,
    email: input.adminEmail,
    name: input.adminName,
    role: "admin",
    tokenHash: tokenHash(token),
  });
  const changes = [
    ...(known ? [] : [{ table: "organisation", id: firm.id }]),
    { table: "invitation", id: invitation.id },
  ];
  return { id: firm.id, way: { token, expiresAt: new Date(invitation.expiresAt) }, changes };
}
