import { revokeApiTokensOf } from "@/lib/data/api-tokens";
import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { TokensEnded } from "@/lib/domain/audit/token-details";

/** What an event says of tokens that were revoked on the way, and their rows. */
export interface RevokedTokens {
  readonly detail: TokensEnded;
  readonly changes: readonly ChangedRow[];
}

/**
 * Revokes everything that programs act by in somebody's name. Whoever had the account, if it was stolen, may have made
 * one: whatever ends the sessions of an account and takes its password or factors away ends its tokens too.
 */
export async function revokeTokens(tx: IdentityTx | OrganisationTx, userId: string): Promise<RevokedTokens> {
  const tokensRevoked = await revokeApiTokensOf(tx, userId);
  return {
    detail: tokensRevoked.length > 0 ? { tokensRevoked } : {},
    changes: tokensRevoked.map((id) => ({ table: "api_token", id })),
  };
}
