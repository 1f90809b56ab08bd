import { daysBetween } from "@/lib/domain/dates";

/** How near the end of its validity evidence may come before people are told, in days. */
export const EXPIRING_DAYS = 30;

/** Whether evidence still shows what it shows. */
export type Freshness = "fresh" | "expiring" | "expired";

/** The freshness of evidence on a day. It still counts on its last day; without one it does not expire by itself. */
export function freshnessOf(validUntil: string | null, today: string): Freshness {
  if (validUntil === null) return "fresh";
  const left = daysBetween(today, validUntil);
  if (left < 0) return "expired";
  return left <= EXPIRING_DAYS ? "expiring" : "fresh";
}
