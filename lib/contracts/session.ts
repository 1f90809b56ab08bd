import { z } from "zod";
import { emailAddress, newPassword, personName, requiredText, text } from "@/lib/contracts/text";
import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** Body of `POST /api/v1/setup`: the first organisation and its admin. Works once, on an empty database. */
export const setupInput = z.strictObject({
  setupCode: requiredText(200),
  organisationName: requiredText(200),
  organisationKind: z.enum(["entity", "assessor"]),
  name: personName(120),
  email: emailAddress,
  password: newPassword,
});
export type SetupInput = z.infer<typeof setupInput>;

/** Body of `POST /api/v1/invitations/accept`. Whoever signs in at an identity provider chooses no password. */
export const acceptInvitationInput = z.strictObject({
  token: requiredText(200),
  name: personName(120),
  password: newPassword.optional(),
});
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>;

/**
 * Body of `POST /api/v1/session/password`. The current password is left out where none serves: an administrator ended it,
 * and a passkey was shown.
 */
export const changePasswordInput = z.strictObject({
  currentPassword: text(512).min(1, "Please fill this in.").optional(),
  newPassword,
});

/** Body of `POST /api/v1/password-reset`. */
export const askPasswordResetInput = z.strictObject({ email: emailAddress });

/** The answer to everybody who asks for a new password, whatever account there is: whether this service sends mails. */
export interface PasswordResetAskedDto {
  readonly byMail: boolean;
}

/** Body of `POST /api/v1/password-reset/accept`. */
export const acceptPasswordResetInput = z.strictObject({ token: requiredText(200), password: newPassword });
export type AcceptPasswordResetInput = z.infer<typeof acceptPasswordResetInput>;

/** The signed-in person, or the account that a token acts for: `GET /api/v1/me`. */
export interface MeDto {
  readonly id: string;
  readonly name: string;
  /** Null for a service account, which has none. */
  readonly email: string | null;
  readonly organisation: OrganisationRef;
  readonly organisationRole: OrganisationRole;
  /** The single sign-on that the person has to come in by; null where none is. */
  readonly singleSignOn: string | null;
  /** The engagements in which there is a role, the one with the newest role first; at most twenty. */
  readonly engagements: readonly OwnEngagementDto[];
  /** Whether there are more of them: `GET /api/v1/me/engagements` has them all, in pages. */
  readonly moreEngagements: boolean;
  /** ISO instant until which the step-up holds, or null. */
  readonly steppedUpUntil: string | null;
}

/** An engagement in which the person has a role. */
export interface OwnEngagementDto {
  readonly id: string;
  readonly name: string;
  readonly standardVersion: StandardVersion;
  readonly roles: readonly EngagementRole[];
}

/** An organisation as others see it. */
export interface OrganisationRef {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
}

/** An entity is assessed; an assessor company employs QSAs. */
export type OrganisationKind = "entity" | "assessor";

/** What an invitation is for, shown to whoever holds its link: `GET /api/v1/invitations/{token}`. */
export interface InvitationDto {
  readonly email: string;
  readonly name: string;
  readonly organisation: OrganisationRef;
  readonly expiresAt: string;
  /** The identity provider that the person will sign in at; null where a password is chosen. */
  readonly ssoConnectionId: string | null;
  /** Characters that a password needs. */
  readonly passwordMinLength: number;
}
