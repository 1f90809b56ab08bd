import type { TokenScope } from "@/lib/domain/access/token-rights";

/** Why an API token was refused. `unknown` is one that was never made, `malformed` a text that cannot be one. */
export type TokenFailure =
  | "unknown"
  | "malformed"
  | "expired"
  | "revoked"
  | "forbidden"
  | "disabled"
  | "locked"
  | "password_ended";

/** What the trail tells of API tokens. */
export interface TokenDetails {
  readonly "token.made": {
    readonly tokenId: string;
    readonly scope: TokenScope;
    /** The engagements that it is limited to; null for all of its person. */
    readonly engagementIds: readonly string[] | null;
    readonly expiresAt: string;
    /** The service account that an administrator made it for; absent for one of one's own. */
    readonly personId?: string;
  };
  /** By its person, or by an administrator of the person's or service account's organisation. */
  readonly "token.revoked": { readonly tokenId: string; readonly personId: string };
  readonly "token.failed": {
    readonly tokenId: string | null;
    readonly userId: string | null;
    readonly reason: TokenFailure;
  };
}

/** The API tokens that ended with what an event tells; absent where there were none. */
export interface TokensEnded {
  readonly tokensRevoked?: readonly string[];
}

/** What ends with the rights of an account: invitations that were written by it, and its API tokens. */
export interface EndedWithRights extends TokensEnded {
  readonly invitationsEnded: readonly string[];
}

/** Said behind what somebody did, of the tokens that ended with it. */
export function tokensEndedWords({ tokensRevoked = [] }: TokensEnded): string {
  if (tokensRevoked.length === 0) return "";
  return `, which revoked ${tokensRevoked.length === 1 ? "an API token" : `${tokensRevoked.length} API tokens`}`;
}

/** Why, in words. */
const TOKEN_FAILURE_WORDS: Readonly<Record<TokenFailure, string>> = {
  unknown: "there is no such token",
  malformed: "it is none of ours",
  expired: "it has expired",
  revoked: "it was revoked",
  forbidden: "the organisation’s policy allows none",
  disabled: "the account is disabled",
  locked: "the account was locked",
  password_ended: "an administrator ended the password",
};

/** What is said of tokens behind the name of whoever acts. */
export const TOKEN_PHRASES = {
  "token.made": ({ scope, personId }: Partial<TokenDetails["token.made"]>, names: { person(id: string): string }) =>
    `made an API token to ${scope === "write" ? "read and write" : "read"}${personId ? ` for ${names.person(personId)}` : ""}`,
  "token.revoked": () => "revoked an API token",
  "token.failed": ({ reason }: Partial<TokenDetails["token.failed"]>) =>
    `came with an API token that was refused: ${(reason && TOKEN_FAILURE_WORDS[reason]) ?? "it does not serve"}`,
} as const;
