import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { asNobody, inIdentity } from "@/lib/auth/open";
import { findActive } from "@/lib/data/people";

/**
 * The context of something that a person asked for earlier and that is done now, without a session: what the person may
 * is judged anew each time. Null when the account was disabled or belongs nowhere any more.
 */
export async function onBehalfOf(context: ServiceContext, userId: string): Promise<SignedInContext | null> {
  const person = await inIdentity(asNobody(context), (tx) => findActive(tx, userId));
  return person && { ...context, idempotency: undefined, actor: { ...person, sessionId: "", stepUpAt: null } };
}
