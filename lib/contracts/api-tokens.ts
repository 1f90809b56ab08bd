import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { requiredText, uuid } from "@/lib/contracts/text";
import { TOKEN_SCOPES, type TokenScope } from "@/lib/domain/access/token-rights";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";

const DAYS = `A whole number from 1 to ${BUILT_IN_POLICY.tokenDays} days.`;

/** Body of `POST /me/tokens`. `engagementIds` null: all engagements of one's own, also later ones. */
export const makeTokenInput = z.strictObject({
  name: requiredText(100),
  scope: z.enum(TOKEN_SCOPES),
  engagementIds: z
    .array(uuid)
    .min(1, "Choose at least one engagement, or all of them.")
    .max(100, "At most 100 engagements.")
    .nullable(),
  days: z.int(DAYS).min(1, DAYS).max(BUILT_IN_POLICY.tokenDays, DAYS),
});
export type MakeTokenInput = z.infer<typeof makeTokenInput>;

/** A token of one's own that serves: `GET /me/tokens`. Instants are ISO. */
export interface ApiTokenDto {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
  /** Null for all engagements of its person. */
  readonly engagementIds: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** To the minute; null when it was never used. */
  readonly lastUsedAt: string | null;
}

/** One's own tokens, and the longest that a new one may live; 0 where the organisation allows none. */
export interface ApiTokensDto {
  readonly items: readonly ApiTokenDto[];
  readonly mostDays: number;
}

/** A token that was just made: the one time that it is shown. */
export interface TokenMadeDto extends ApiTokenDto {
  readonly token: string;
}

/** A token of somebody in one's organisation, for its administrators: `GET /organisation/tokens`. */
export interface PersonTokenDto extends ApiTokenDto {
  readonly person: PersonRef;
}
