import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { emailAddress, requiredText, rowVersion, text, uuid, webAddress } from "@/lib/contracts/text";

const issuer = webAddress.refine((value) => {
  const { search, hash } = URL.canParse(value) ? new URL(value) : { search: "", hash: "" };
  return search === "" && hash === "";
}, "Leave out what follows ? or #.");

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const domain = text(253)
  .transform((value) => value.trim().toLowerCase().replace(/^@/, ""))
  .pipe(z.string().regex(DOMAIN, "Not a domain. Write it as in quayside.example."));
const domains = z.array(domain).max(20, "At most 20 domains.").transform(distinct);
const claimValues = z.array(requiredText(200)).max(20, "At most 20 values.").transform(distinct);

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}

/** Body of `PUT /organisation/sso`: all of it, and the version that it was read at. An empty secret keeps the one that is stored. */
export const changeSsoInput = z.strictObject({
  version: rowVersion,
  issuer,
  clientId: requiredText(300),
  clientSecret: text(1_000),
  domains,
  acceptedAmr: claimValues,
  acceptedAcr: claimValues,
  justInTime: z.boolean(),
  breakGlassUserId: uuid.nullable(),
  enabled: z.boolean(),
});
export type ChangeSsoInput = z.output<typeof changeSsoInput>;

/** Body of `POST /organisation/sso/check`. */
export const checkSsoInput = z.strictObject({ issuer });

/** What looking at an identity provider found: `POST /organisation/sso/check`. Nothing wrong where `problem` is null. */
export interface SsoCheckDto {
  readonly problem: string | null;
}

/** Body of `POST /session/sso`. */
export const findSsoInput = z.strictObject({ email: emailAddress });

/** Where people of an address's domain sign in: `POST /session/sso`. */
export interface SsoPlaceDto {
  readonly connectionId: string;
}

/** The single sign-on of one's organisation: `GET /organisation/sso`. Version 0: nothing was ever set. The secret is never told. */
export interface SsoDto {
  readonly version: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly domains: readonly string[];
  readonly acceptedAmr: readonly string[];
  readonly acceptedAcr: readonly string[];
  readonly justInTime: boolean;
  readonly breakGlassUserId: string | null;
  readonly enabled: boolean;
  /** To be registered at the identity provider. */
  readonly redirectUri: string;
  /** Who may be named to break the glass. `ready`: has a password that serves and a second factor. */
  readonly administrators: readonly (PersonRef & { readonly ready: boolean })[];
  readonly updatedBy: PersonRef | null;
  readonly updatedAt: string | null;
}

/** What a person goes to the identity provider for. The last two happen in a window of their own, beside a page that stays. */
export const SSO_PURPOSES = ["sign_in", "sign_in_again", "step_up"] as const;
export type SsoPurpose = (typeof SSO_PURPOSES)[number];

/** What can come of it, in the address that the person is sent on to. */
export const SSO_TROUBLES = {
  over: "This sign-in was begun too long ago, in another browser, or is finished already. Please begin again.",
  denied: "Your identity provider did not sign you in, or you gave up there.",
  away: "Your identity provider could not be reached. Please try again in a little while.",
  invalid:
    "What your identity provider answered could not be trusted. Please try again; if it stays like this, tell your administrator.",
  refused:
    "Your identity provider knows you, but you have no account here that it opens, or it is locked. Ask an administrator of your organisation.",
  unfresh: "Your identity provider did not ask who you are anew. Please try again, and sign in there.",
  other: "You signed in there as somebody else than you are here. Please try again.",
  off: "Single sign-on is not switched on for your organisation. Sign in with your password.",
  busy: "This could not be finished right now. Please try again in a little while.",
} as const;
export type SsoTrouble = keyof typeof SSO_TROUBLES;

/** The words for a trouble in an address, or null for anything else that may stand there. */
export function ssoTroubleWords(code: unknown): string | null {
  return typeof code === "string" && Object.hasOwn(SSO_TROUBLES, code) ? SSO_TROUBLES[code as SsoTrouble] : null;
}
