import type { SecurityPolicy } from "@/lib/domain/security/policy";

/** How many days a token lives unless its person says otherwise. */
export const USUAL_TOKEN_DAYS = 90;
/** How many tokens of a person may serve at a time. */
export const MOST_TOKENS = 20;

const DAY_MS = 86_400_000;

/** When a token ends: as it was made, or earlier where the organisation's policy has become stricter since. */
export function tokenEnds(
  token: { readonly createdAt: Date; readonly expiresAt: Date },
  { tokenDays }: Pick<SecurityPolicy, "tokenDays">,
): Date {
  return new Date(Math.min(token.expiresAt.getTime(), token.createdAt.getTime() + tokenDays * DAY_MS));
}

/** When a token that is made now ends. */
export function expiryOf(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

/** Why a token cannot be made for so many days, in words, or null. */
export function whyNoToken({ tokenDays }: Pick<SecurityPolicy, "tokenDays">, days: number): string | null {
  if (tokenDays === 0) return "Your organisation’s policy allows no API tokens.";
  return days > tokenDays ? `Your organisation’s policy allows at most ${tokenDays} days.` : null;
}
