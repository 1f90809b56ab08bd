import type { ApiTokenDto } from "@/lib/contracts/api-tokens";
import type { ApiTokenRow } from "@/lib/data/api-tokens";
import type { SecurityPolicy } from "@/lib/domain/security/policy";
import { tokenEnds } from "@/lib/domain/security/token-life";

/** A token as it is shown: it ends when the policy says so, where that is earlier. */
export function apiTokenDto(token: ApiTokenRow, policy: SecurityPolicy): ApiTokenDto {
  const { id, name, scope, engagementIds, createdAt, lastUsedAt } = token;
  return {
    id,
    name,
    scope,
    engagementIds,
    createdAt: createdAt.toISOString(),
    expiresAt: tokenEnds(token, policy).toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

/** Those that serve still at an instant. */
export function serving(tokens: readonly ApiTokenRow[], policy: SecurityPolicy, now: Date): ApiTokenRow[] {
  return tokens.filter((token) => tokenEnds(token, policy) > now);
}
