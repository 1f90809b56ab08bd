import type { Actor } from "@/lib/contracts/request-context";
import type { TokenFacts } from "@/lib/domain/access/token-rights";

/** The token behind an actor as decisions see it; `engagementId` says where the target lies, null for outside of all. */
export function tokenFacts({ token }: Actor, engagementId: string | null): TokenFacts | null {
  if (!token) return null;
  const { scope, engagementIds } = token;
  return { scope, reaches: engagementIds === null || (engagementId !== null && engagementIds.includes(engagementId)) };
}
