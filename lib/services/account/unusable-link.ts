import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import { asNobody, changeIdentity } from "@/lib/auth/open";
import { isToken } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";

/**
 * The failure to answer a link with that opens nothing, after an event of it was left on the service's own chain: nobody
 * is known who used it. What could not be a link of ours, a cut one say, leaves none. Whatever else failed comes back as
 * it is.
 */
export async function answerUnusableLink(
  context: ServiceContext,
  action: "invitation.failed" | "password.reset_failed",
  token: string,
  error: unknown,
): Promise<unknown> {
  if (error instanceof Failure && error.code === "not_found" && isToken(token)) {
    await changeIdentity(asNobody(context), async (tx) => {
      tx.record(makeEvent(SYSTEM_LOG, tx.now, null, { action, requestId: context.requestId }));
    });
  }
  return error;
}
