import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, changeOptions } from "@/lib/auth/open";
import { Failure, notFound } from "@/lib/contracts/failure";
import { loadStanding } from "@/lib/data/facts";
import type { OrganisationTx } from "@/lib/db/kinds";
import { mintIdentity, mintOrganisation } from "@/lib/db/mint";
import { runTransaction, type TransactionOptions } from "@/lib/db/transactions";
import type { ACTIONS, Action } from "@/lib/domain/access/actions";
import { authorise, type Denial } from "@/lib/domain/access/authorise";
import type { Facts, TargetOf } from "@/lib/domain/access/facts";

/** The actions on one's own organisation. */
export type OrganisationAction = { [A in Action]: (typeof ACTIONS)[A] extends "organisation" ? A : never }[Action];

class Denied extends Error {
  constructor(readonly denial: Denial) {
    super("denied");
  }
}

/** Reads inside the actor's own organisation. @throws Failure forbidden, step_up_required */
export function readOrganisation<T>(
  context: ServiceContext,
  action: OrganisationAction,
  work: (tx: OrganisationTx, facts: Facts) => Promise<T>,
): Promise<T> {
  return enter(context, { now: context.clock(), readOnly: true }, action, work);
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
      return work(mintOrganisation(base, actor), facts);
    });
  } catch (error) {
    if (!(error instanceof Denied)) throw error;
    const { denial } = error;
    await changeIdentity(context, async (tx) => {
      const detail = { attempted: action, code: denial.code, reference: { organisationId: actor.organisationId } };
      tx.record(
        makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
          action: "access.denied",
          requestId: context.requestId,
          detail,
        }),
      );
    });
    if (!denial.visible) throw notFound();
    throw new Failure(denial.code === "step_up" ? "step_up_required" : "forbidden", denial.reason);
  }
}
