import type { SignedInContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { notFound } from "@/lib/contracts/failure";
import type { MeDto } from "@/lib/contracts/session";
import { findMe } from "@/lib/data/me";
import { STEP_UP_MS } from "@/lib/domain/security/step-up";

/** The person with organisation and engagements; by an API token those that it reaches. */
export async function readMe(context: SignedInContext): Promise<MeDto> {
  const { userId, stepUpAt, token } = context.actor;
  const me = await inIdentity(context, (tx) => findMe(tx, userId));
  if (!me) throw notFound();
  const until = stepUpAt && new Date(stepUpAt.getTime() + STEP_UP_MS);
  const reached = token?.engagementIds ?? null;
  const engagements = reached === null ? me.engagements : me.engagements.filter(({ id }) => reached.includes(id));
  return { ...me, engagements, steppedUpUntil: until && until > context.clock() ? until.toISOString() : null };
}
