import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { answerDenial, Denied } from "@/lib/auth/denial";
import { changeOptions, readOptions } from "@/lib/auth/open";
import { loadStanding } from "@/lib/data/facts";
import type { OrganisationTx } from "@/lib/db/kinds";
import { mintIdentity, mintOrganisation } from "@/lib/db/mint";
import { runTransaction, type TransactionOptions } from "@/lib/db/transactions";
import type { ACTIONS, Action } from "@/lib/domain/access/actions";
import { authorise } from "@/lib/domain/access/authorise";
import type { Facts, TargetOf } from "@/lib/domain/access/facts";

/** The actions on one's own organisation. */
export type OrganisationAction = { [A in Action]: (typeof ACTIONS)[A] extends "organisation" ? A : never }[Action];

/** Reads inside the actor's own organisation. @throws Failure forbidden, step_up_required */
export function readOrganisation<T>(
  context: ServiceContext,
  action: OrganisationAction,
  work: (tx: OrganisationTx, facts: Facts) => Promise<T>,
): Promise<T> {
  return enter(context, readOptions(context), action, work);
}

/** Changes something in the actor's own organisation; an event has to be recorded. @throws Failure as above */
export function changeOrganisation<T>(
  context: ServiceContext,
  action: OrganisationAction,
  work: (tx: OrganisationTx, facts: Facts) => Promise<T>,
): Promise<T> {
  return enter(context, changeOptions(context), action, work);
}

async function enter<T>(
  context: ServiceContext,
  options: TransactionOptions,
  action: OrganisationAction,
  work: (tx: OrganisationTx, facts: Facts) => Promise<T>,
): Promise<T> {
  const actor = requireActor(context);
  try {
    return await runTransaction(context.database, options, async (base) => {
      const standing = await loadStanding(mintIdentity(base), actor.userId);
      const facts: Facts = {
        now: base.now.getTime(),
        engagement: null,
        actor: {
          userId: actor.userId,
          organisationId: actor.organisationId,
          organisationRole: standing.role,
          operator: false,
          leadsEngagements: standing.leadsEngagements,
          stepUpAt: actor.stepUpAt?.getTime() ?? null,
        },
      };
      const target: TargetOf<OrganisationAction> = { organisationId: actor.organisationId };
      const permission = authorise(facts, action, target);
      if (!permission.ok) throw new Denied(permission.error);
      return work(await mintOrganisation(base, actor), facts);
    });
  } catch (error) {
    throw await answerDenial(context, actor, { action, reference: { organisationId: actor.organisationId } }, error);
  }
}
