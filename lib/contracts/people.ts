import { z } from "zod";
import type { OrganisationRef } from "@/lib/contracts/session";
import { emailAddress, requiredText, uuid } from "@/lib/contracts/text";
import {
  ENGAGEMENT_ROLES,
  type EngagementRole,
  ORGANISATION_ROLES,
  type OrganisationRole,
} from "@/lib/domain/access/roles";

/** Body of `POST /organisation/invitations`: someone new in one's own organisation. */
export const inviteInput = z.strictObject({
  email: emailAddress,
  name: requiredText(120),
  role: z.enum(ORGANISATION_ROLES),
});
export type InviteInput = z.infer<typeof inviteInput>;

/** Body of `POST /engagements/{id}/members`: a person of one's own side, and a role. */
export const addMemberInput = z.strictObject({ userId: uuid, role: z.enum(ENGAGEMENT_ROLES) });

/**
 * Body of `POST /engagements/{id}/assessor`: an assessor company that is here already, or a new one
 * whose admin is invited by link.
 */
export const inviteAssessorInput = z.union([
  z.strictObject({ organisationId: uuid }),
  z.strictObject({ firmName: requiredText(200), adminName: requiredText(120), adminEmail: emailAddress }),
]);
export type InviteAssessorInput = z.infer<typeof inviteAssessorInput>;

/** A person of one's organisation. */
export interface PersonDto {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: OrganisationRole;
  readonly disabled: boolean;
}

/** An invitation that was made; `link` is shown only in the reply that makes it. */
export interface InvitationMadeDto {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OrganisationRole;
  readonly expiresAt: string;
  readonly link: string | null;
}

/** A person in an engagement, with all roles held. */
export interface MemberDto {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly organisation: OrganisationRef;
  readonly roles: readonly EngagementRole[];
}
