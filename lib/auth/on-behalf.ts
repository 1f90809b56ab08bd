import { actorOfTokenId } from "@/lib/auth/api-token";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { asNobody, inIdentity } from "@/lib/auth/open";
import { findActive } from "@/lib/data/people";

/**
 * The context of something that a person asked for earlier and that is done now, without a session: what the person may
 * is judged anew each time. What an API token asked for is done by that
 * token, with its limits and its name in events. Null when the account was disabled or belongs nowhere any more, or the
 * token does not serve.
 */
export async function onBehalfOf(
  context: ServiceContext,
  userId: string,
  tokenId: string | null = null,
): Promise<SignedInContext | null> {
  if (tokenId !== null) {
    const actor = await actorOfTokenId(asNobody(context), tokenId);
    return actor?.userId === userId ? { ...context, idempotency: undefined, actor } : null;
  }
  const person = await inIdentity(asNobody(context), (tx) => findActive(tx, userId));
  return person && { ...context, idempotency: undefined, actor: { ...person, sessionId: "", stepUpAt: null } };
}
