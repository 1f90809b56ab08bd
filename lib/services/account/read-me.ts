import type { SignedInContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { notFound } from "@/lib/contracts/failure";
import { OWN_ENGAGEMENTS_AT_FIRST } from "@/lib/contracts/list-sizes";
import type { MeDto } from "@/lib/contracts/session";
import { listOwnEngagements } from "@/lib/data/engagement-list";
import { findMe } from "@/lib/data/me";
import { STEP_UP_MS } from "@/lib/domain/security/step-up";
import { ownEngagementDto } from "@/lib/services/account/own-engagements";

/** The person with organisation and the newest engagements; by an API token those that it reaches. */
export async function readMe(context: SignedInContext): Promise<MeDto> {
  const { userId, stepUpAt, token } = context.actor;
  const wanted = { q: null, only: token?.engagementIds ?? null, after: null } as const;
  const found = await inIdentity(context, async (tx) => ({
    me: await findMe(tx, userId),
    own: await listOwnEngagements(tx, userId, { ...wanted, count: OWN_ENGAGEMENTS_AT_FIRST + 1 }),
  }));
  const { me, own } = found;
  if (!me) throw notFound();
  const until = stepUpAt && new Date(stepUpAt.getTime() + STEP_UP_MS);
  return {
    ...me,
    engagements: own.slice(0, OWN_ENGAGEMENTS_AT_FIRST).map(ownEngagementDto),
    moreEngagements: own.length > OWN_ENGAGEMENTS_AT_FIRST,
    steppedUpUntil: until && until > context.clock() ? until.toISOString() : null,
  };
}
