import type { ServiceContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import { countAttempt, countInWindow, type Exceeded } from "@/lib/data/rate-limits";
import { isUnavailable } from "@/lib/db/errors";
import { logger } from "@/lib/logger";
import { networkOf } from "@/lib/server/client-address";
import { runtime } from "@/lib/server/runtime";

/** What is counted apart: many wrong passwords of one office must not keep it from accepting an invitation. */
export type Bucket = "sign-in" | "factor" | "password" | "invitation" | "set-up" | "sso" | "token" | "anonymous";

/** The windows, and how many times the setting's attempts a minute each takes (COUNTERVAIL_RATE_LIMIT, 30). */
const WINDOWS = [
  { seconds: 60, times: 1 },
  { seconds: 3_600, times: 10 },
] as const;

/**
 * Counts the request under its network address and refuses it when there were too many. Call it before anything costly
 * or secret is done. It comes on top of the lockout of accounts, which it neither replaces nor needs: when attempts
 * cannot be counted although the database answers, that is logged as an error and the request goes on.
 * @throws Failure too_many_requests; unavailable while the database is busy or away
 */
export async function limit(context: ServiceContext, bucket: Bucket): Promise<void> {
  const network = networkOf(context.address);
  const exceeded = await count(context, `${bucket}:${network}`);
  if (!exceeded) return;
  const { retryAfter, first } = exceeded;
  if (first) logger().warn({ requestId: context.requestId, network, bucket, retryAfter }, "too many attempts");
  throw new Failure("too_many_requests", `Too many attempts from your network. Try again ${inWords(retryAfter)}.`, {
    retryAfter,
  });
}

async function count(context: ServiceContext, key: string): Promise<Exceeded | null> {
  const perMinute = runtime().config.rateLimit;
  const limits = WINDOWS.map(({ seconds, times }) => ({ seconds, points: perMinute * times }));
  return uncounted(context, () => inIdentity(context, (tx) => countAttempt(tx, key, limits)));
}

/** Where counting itself fails although the database answers, the request goes on. */
async function uncounted<T>(context: ServiceContext, count: () => Promise<T>): Promise<T | null> {
  try {
    return await count();
  } catch (error) {
    // What comes next needs the database too and would say the same.
    if (error instanceof Failure || isUnavailable(error)) throw error;
    logger().error({ requestId: context.requestId, err: error }, "attempts cannot be counted");
    return null;
  }
}

/** How many times the setting's attempts a minute a token's requests may be (30 × 10 by default). */
const TOKEN_TIMES = 10;
const TOKEN_WINDOW = 60;

/**
 * Counts a request under the API token that it came with. What is left is told in `headers`, as the IETF's draft on
 * RateLimit fields has them, also where the request is refused.
 * @throws Failure too_many_requests; unavailable while the database is busy or away
 */
export async function limitToken(
  context: ServiceContext,
  tokenId: string,
  headers: Record<string, string>,
): Promise<void> {
  const points = runtime().config.rateLimit * TOKEN_TIMES;
  const counted = await uncounted(context, () =>
    inIdentity(context, (tx) => countInWindow(tx, `api:${tokenId}`, { points, seconds: TOKEN_WINDOW })),
  );
  if (!counted) return;
  const { remaining, resetsIn, exceeded } = counted;
  headers["RateLimit-Policy"] = `"token";q=${points};w=${TOKEN_WINDOW}`;
  headers.RateLimit = `"token";r=${remaining};t=${resetsIn}`;
  if (exceeded) {
    throw new Failure("too_many_requests", `Too many requests by this API token. Try again ${inWords(resetsIn)}.`, {
      retryAfter: resetsIn,
    });
  }
}

function inWords(seconds: number): string {
  return seconds <= 60 ? "in a minute" : `in ${Math.ceil(seconds / 60)} minutes`;
}
