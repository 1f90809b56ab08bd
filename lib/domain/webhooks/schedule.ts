const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after each attempt that came to nothing the next one follows (milliseconds); three days in all. */
export const RETRY_DELAYS: readonly number[] = [
  5 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  27 * HOUR,
];

/** How often a message is tried before it is given up. */
export const MOST_ATTEMPTS = RETRY_DELAYS.length + 1;

/** How long messages and what became of them are kept (milliseconds). */
export const KEPT_MS = 30 * 24 * HOUR;

/** How long a former secret signs beside the new one (milliseconds). */
export const OVERLAP_MS = 24 * HOUR;

/** What an endpoint asks for is respected up to this (milliseconds). */
const LONGEST_ASKED = 6 * HOUR;
/** By how much a delay may differ from the schedule, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * How long until the next attempt (milliseconds), or null when there is none any more.
 * @param attempts how many there have been, from 1 on
 * @param asked what the endpoint asked for by `Retry-After` (milliseconds), or null
 * @param chance from 0 up to 1
 */
export function delayAfter(attempts: number, asked: number | null, chance: number): number | null {
  const planned = RETRY_DELAYS[attempts - 1];
  if (planned === undefined) return null;
  const spread = planned * (1 + JITTER * (2 * chance - 1));
  return Math.round(Math.max(spread, Math.min(asked ?? 0, LONGEST_ASKED)));
}

/**
 * What a `Retry-After` header asks for (milliseconds from now), as seconds or as an HTTP date (RFC 9110, 10.2.3); null for
 * none that can be read, and for one in the past.
 */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at <= now.getTime() ? null : at - now.getTime();
}
