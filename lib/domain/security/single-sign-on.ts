/** What an organisation has set about its identity provider, as far as rules need it. */
export interface SsoRules {
  readonly id: string;
  readonly organisationId: string;
  readonly enabled: boolean;
  /** Domains of e-mail addresses, in small letters. */
  readonly domains: readonly string[];
  readonly justInTime: boolean;
  /** Values of the claims `amr` and `acr` that count as a second factor. */
  readonly acceptedAmr: readonly string[];
  readonly acceptedAcr: readonly string[];
  /** The one administrator who may still sign in by password or passkey alone. */
  readonly breakGlassUserId: string | null;
}

/** How single sign-on stands to an account: it signs in there alone, it is the way around, or neither. */
export type SsoStanding = "required" | "break_glass" | "none";

/** The domain of an e-mail address, in small letters; empty when there is none. */
export function domainOf(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 0 ? "" : email.slice(at + 1).toLowerCase();
}

/** How single sign-on stands to an account of the organisation. Switched off it stands to nobody. */
export function ssoStanding(
  rules: Pick<SsoRules, "enabled" | "domains" | "breakGlassUserId"> | null,
  person: { readonly userId: string; readonly email: string },
): SsoStanding {
  if (!rules?.enabled) return "none";
  if (rules.breakGlassUserId === person.userId) return "break_glass";
  return rules.domains.includes(domainOf(person.email)) ? "required" : "none";
}

/** What a provider says about how it checked somebody. Claims of its signed token. */
export interface SsoStrength {
  readonly amr: readonly string[];
  readonly acr: string | null;
}

/** Whether the provider's own second factor counts: only by a value that the organisation has named. */
export function hasSsoFactor(claims: SsoStrength, accepted: Pick<SsoRules, "acceptedAmr" | "acceptedAcr">): boolean {
  const byAmr = claims.amr.some((value) => accepted.acceptedAmr.includes(value));
  return byAmr || (claims.acr !== null && accepted.acceptedAcr.includes(claims.acr));
}

/** How far the provider's clock may be behind ours, in seconds. */
const CLOCK_SECONDS = 10;

/** Whether somebody was checked at the provider since a sign-in was begun. @param authTime the claim, seconds; null: not said */
export function isFreshlyChecked(authTime: number | null, begunAt: Date): boolean {
  return authTime !== null && authTime + CLOCK_SECONDS >= Math.floor(begunAt.getTime() / 1000);
}

/** Somebody whom a provider has named. */
export interface SsoClaims {
  readonly subject: string;
  /** In small letters, and valid; null where there is none. */
  readonly email: string | null;
  readonly emailVerified: boolean;
}

/** An account that might be meant. */
export interface SsoCandidate {
  readonly userId: string;
  readonly organisationId: string | null;
  readonly disabled: boolean;
}

/** Why somebody whom the provider knows does not come in. */
export type SsoRefusal =
  | "sso_unverified"
  | "sso_foreign_domain"
  | "sso_other_organisation"
  | "sso_no_account"
  | "disabled";

/** Whose account somebody comes in to. */
export type SsoVerdict =
  | { readonly kind: "known"; readonly userId: string }
  | { readonly kind: "link"; readonly userId: string }
  | { readonly kind: "make"; readonly email: string }
  | { readonly kind: "refuse"; readonly reason: SsoRefusal; readonly userId: string | null };

/**
 * Whose account somebody comes in to whom the provider has named. A subject that is known keeps its account; otherwise a
 * verified address of one of the connection's domains finds it, or makes it where that is switched on. No account of
 * another organisation is ever reached.
 * @param known the account of the subject
 * @param addressed the account of the address
 */
export function judgeSsoIdentity(
  rules: Pick<SsoRules, "organisationId" | "domains" | "justInTime">,
  claims: SsoClaims,
  known: SsoCandidate | null,
  addressed: SsoCandidate | null,
): SsoVerdict {
  if (known) return judgeAccount(rules, known, "known");
  const { email, emailVerified } = claims;
  if (email === null || !emailVerified) return { kind: "refuse", reason: "sso_unverified", userId: null };
  if (!rules.domains.includes(domainOf(email))) return { kind: "refuse", reason: "sso_foreign_domain", userId: null };
  if (addressed) return judgeAccount(rules, addressed, "link");
  if (rules.justInTime) return { kind: "make", email };
  return { kind: "refuse", reason: "sso_no_account", userId: null };
}

function judgeAccount(
  rules: Pick<SsoRules, "organisationId">,
  { userId, organisationId, disabled }: SsoCandidate,
  kind: "known" | "link",
): SsoVerdict {
  // The trail of this organisation does not learn who an account of another one is.
  if (organisationId !== rules.organisationId)
    return { kind: "refuse", reason: "sso_other_organisation", userId: null };
  return disabled ? { kind: "refuse", reason: "disabled", userId } : { kind, userId };
}
