import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { IdentityTx } from "@/lib/db/kinds";

/** So many attempts within a window of so many seconds, which begins with the first of them. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

/** A limit that an attempt went over. */
export interface Exceeded {
  /** Seconds until the window ends. */
  readonly retryAfter: number;
  /** The first attempt over the limit in its window. */
  readonly first: boolean;
}

/**
 * Counts one attempt against limits, the shortest window first; what a short one refuses does not use up a longer one.
 * The limiter's clock is the process's own, not the transaction's.
 * @returns null within all limits
 */
export async function countAttempt(
  tx: IdentityTx,
  key: string,
  limits: readonly RateLimit[],
): Promise<Exceeded | null> {
  for (const { points, seconds } of limits) {
    try {
      const { consumedPoints } = await limiter(tx, points, seconds).consume(key);
      if (consumedPoints === 1) await forgetExpired(tx);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return { retryAfter: Math.ceil(refused.msBeforeNext / 1000), first: refused.consumedPoints === points + 1 };
    }
  }
  return null;
}

/** How far a window is used up by a request that was counted. */
export interface Counted {
  /** How many more requests the window takes. */
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetsIn: number;
  readonly exceeded: boolean;
}

/** Counts one request in one window, and says how much of it is left. */
export async function countInWindow(tx: IdentityTx, key: string, { points, seconds }: RateLimit): Promise<Counted> {
  const told = ({ remainingPoints, msBeforeNext }: RateLimiterRes, exceeded: boolean): Counted => ({
    remaining: Math.max(0, remainingPoints),
    resetsIn: Math.ceil(msBeforeNext / 1000),
    exceeded,
  });
  try {
    const counted = await limiter(tx, points, seconds).consume(key);
    if (counted.consumedPoints === 1) await forgetExpired(tx);
    return told(counted, false);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return told(refused, true);
  }
}

/**
 * The library's store on a transaction of ours, so that it works under the role and the limits of one. It is made anew
 * each time, which costs nothing: what it knows is in the table, and the table comes from a migration.
 */
function limiter(tx: IdentityTx, points: number, duration: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: {
      query: async ({ text, values }: { readonly text: string; readonly values: readonly unknown[] }) => {
        const rows = await tx.db.$queryRawUnsafe<{ points: number; expire: bigint }[]>(text, ...values);
        return { rows: rows.map((row) => ({ ...row, expire: Number(row.expire) })), rowCount: rows.length };
      },
    },
    storeType: "client",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: String(duration),
    points,
    duration,
  });
}

/** Addresses are kept no longer than they count. Rows that somebody is counting on just now are left to the next. */
function forgetExpired(tx: IdentityTx): Promise<number> {
  return tx.db.$executeRaw`DELETE FROM rate_limit WHERE key IN (
    SELECT key FROM rate_limit WHERE expire < ${Date.now()} LIMIT 1000 FOR UPDATE SKIP LOCKED)`;
}
