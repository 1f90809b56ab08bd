import type { SsoRefusal, SsoRules } from "@/lib/domain/security/single-sign-on";

/** What is told of a single sign-on. */
export interface SsoDetail extends Omit<SsoRules, "id" | "organisationId"> {
  readonly issuer: string;
  readonly clientId: string;
}

/** Why a sign-in failed. `single_sign_on`: it was tried past the organisation's identity provider. */
export type SignInFailure =
  | "unknown_account"
  | "wrong_password"
  | "wrong_passkey"
  | "locked"
  | "password_changed"
  | "single_sign_on"
  | "sso_denied"
  | "sso_away"
  | "sso_invalid"
  | "sso_over"
  | "sso_unfresh"
  | "sso_other"
  | SsoRefusal;

/** What became of the wish for a new password; whoever wished it is told the same in every case. */
export type ResetOutcome =
  | "mailed"
  | "no_mail_server"
  | "unknown_account"
  | "disabled"
  | "no_password"
  | "single_sign_on"
  | "too_often";
