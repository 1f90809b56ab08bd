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
