import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import type { OrganisationRef } from "@/lib/contracts/session";
import { emailAddress, personName, requiredText, uuid } from "@/lib/contracts/text";
import {
  ENGAGEMENT_ROLES,
  type EngagementRole,
  ORGANISATION_ROLES,
  type OrganisationRole,
} from "@/lib/domain/access/roles";

/** Body of `POST /organisation/invitations`: someone new in one's own organisation. */
export const inviteInput = z.strictObject({
  email: emailAddress,
  name: personName(120),
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
  z.strictObject({ firmName: requiredText(200), adminName: personName(120), adminEmail: emailAddress }),
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

/** An open invitation: `GET /organisation/invitations`. */
export interface InvitationRowDto {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OrganisationRole;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * How a link got on its way. It is shown, once, in the reply that makes it, and only where no mail took it: a link that
 * was mailed is nobody's but the recipient's.
 */
export interface HandedOver {
  readonly mail: MailOutcome;
  readonly link: string | null;
}

/** What became of a mail: a server took it, none did, or none is set up. */
export type MailOutcome = "sent" | "failed" | "off";

/** An invitation that was made or made anew. */
export type InvitationMadeDto = InvitationRowDto & HandedOver;

/** An account of one's organisation, as its administrators see it: `GET /organisation/accounts`. */
export interface AccountDto extends PersonDto {
  readonly locked: boolean;
  /** ISO instant at which a lock ends by itself; null for one that only an administrator ends. */
  readonly lockedUntil: string | null;
  /** An administrator ended the password, and no new one was chosen yet. */
  readonly passwordEnded: boolean;
  readonly secondFactor: boolean;
  readonly lastSignInAt: string | null;
}

/** Body of `PUT /organisation/people/{id}/role`. */
export const changeRoleInput = z.strictObject({ role: z.enum(ORGANISATION_ROLES) });
/** Body of `PUT /organisation/people/{id}/disabled`. */
export const setDisabledInput = z.strictObject({ disabled: z.boolean() });
/** Body of `POST /organisation/people/{id}/factor-reset`. */
export const requestFactorResetInput = z.strictObject({ reason: requiredText(500, "Please say why.") });
/** Body of `POST /organisation/factor-resets/{id}/decision`. */
export const decideFactorResetInput = z.strictObject({ decision: z.enum(["approved", "declined"]) });

/** A link for a new password that an administrator made: `POST /organisation/people/{id}/password-reset`. */
export interface PasswordResetMadeDto extends HandedOver {
  readonly expiresAt: string;
}

/** A request to take somebody's second factors away, which waits for a second administrator. */
export interface FactorResetDto {
  readonly id: string;
  readonly person: PersonRef;
  readonly requestedBy: PersonRef;
  readonly reason: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A person in an engagement, with all roles held. */
export interface MemberDto {
  readonly userId: string;
  readonly name: string;
  /** Null for a service account, which has none. */
  readonly email: string | null;
  readonly organisation: OrganisationRef;
  readonly roles: readonly EngagementRole[];
  /** Whether the account can do anything here: it is in use, and no service account that came along from another service. */
  readonly acts: boolean;
}
