import { requireActor, type SignedInContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import type { LiveSessionDto } from "@/lib/contracts/factors";
import { findAccountOf } from "@/lib/data/credentials";
import { listSessions } from "@/lib/data/sessions";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { isAlive } from "@/lib/domain/security/session-life";

/** One's own sessions that are alive, the last used first. */
export function listOwnSessions(context: SignedInContext): Promise<{ items: LiveSessionDto[] }> {
  const { userId, sessionId } = requireActor(context);
  return inIdentity(context, async (tx) => {
    const policy = (await findAccountOf(tx, userId))?.policy ?? BUILT_IN_POLICY;
    const alive = (await listSessions(tx, userId)).filter((session) => isAlive(session, policy, tx.now));
    const items = alive.map(({ id, methods, createdAt, lastSeenAt, userAgent, address }) => ({
      id,
      current: id === sessionId,
      methods,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      userAgent,
      address,
    }));
    return { items };
  });
}
