import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, changeOptions } from "@/lib/auth/open";
import { findTarget, type ReferenceOf, type References, type ScopedAction } from "@/lib/auth/targets";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { uuid } from "@/lib/contracts/text";
import { type Hold, loadEngagement, loadStanding, type WorksheetTarget } from "@/lib/data/facts";
import type { ScopedTx } from "@/lib/db/kinds";
import { mintIdentity, mintScoped } from "@/lib/db/mint";
import { runTransaction, type TransactionBase, type TransactionOptions } from "@/lib/db/transactions";
import { checkState } from "@/lib/domain/access/action-states";
import { ACTIONS, type Action } from "@/lib/domain/access/actions";
import { authorise, type Denial, type Permission } from "@/lib/domain/access/authorise";
import type { AnyTarget, Facts, TargetOf } from "@/lib/domain/access/facts";
import type { EngagementRecord } from "@/lib/domain/engagement/record";

/** What stands behind a right that was found; only this module makes one. */
export interface Grant {
  readonly permission: Permission;
  readonly engagement: EngagementRecord;
  readonly facts: Facts;
  /** The worksheet that the target is or belongs to, for actions on one. */
  readonly worksheet: WorksheetTarget | null;
}

/** A denial on its way out, so that the transaction is undone before the denial is written down. */
class Denied extends Error {
  constructor(
    readonly denial: Denial | null,
    readonly engagementId: string | null,
  ) {
    super("denied");
  }
}

/** Reads inside an engagement. @throws Failure not_found, forbidden, step_up_required */
export function readScope<A extends ScopedAction, T>(
  context: ServiceContext,
  action: A,
  reference: ReferenceOf<A>,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T> {
  return enter(context, { now: context.clock(), readOnly: true }, action, reference, "none", work);
}

/**
 * Changes something inside an engagement: at least one event has to be recorded. The worksheet's row is held until the
 * commit, so that its state cannot move under the work.
 * @throws Failure not_found, forbidden, step_up_required, wrong_state
 */
export function changeScope<A extends ScopedAction, T>(
  context: ServiceContext,
  action: A,
  reference: ReferenceOf<A>,
  hold: Hold,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T> {
  return enter(context, changeOptions(context), action, reference, hold, work);
}

/** Whether a further action would be allowed on the grant's own target or engagement, taking a step-up as given. */
export function couldDo<A extends Action>(grant: Grant, action: A, target: TargetOf<A>): boolean {
  return permissionFor(grant, action, target) !== null;
}

/** The permission that a further action would have on a target in the grant's engagement, or null; a step-up counts as given. */
export function permissionFor<A extends Action>(grant: Grant, action: A, target: TargetOf<A>): Permission | null {
  const { facts } = grant;
  const steppedUp: Facts = { ...facts, actor: { ...facts.actor, stepUpAt: facts.now } };
  const decision = authorise(steppedUp, action, target);
  return decision.ok ? decision.value : null;
}

async function enter<T>(
  context: ServiceContext,
  options: TransactionOptions,
  action: ScopedAction,
  reference: References[keyof References],
  hold: Hold,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T> {
  const actor = requireActor(context);
  // Pages hand on what stands in the address. What is no id of ours names nothing, and the database would not read it.
  if (Object.values(reference).some((id) => id !== null && !uuid.safeParse(id).success)) throw notFound();
  try {
    return await runTransaction(context.database, options, async (base) => {
      const grant = await findGrant(base, actor, action, reference, hold);
      if (grant.worksheet && ACTIONS[action] === "worksheet") {
        const state = checkState(action, grant.worksheet.facts.state);
        if (!state.ok) throw new Failure(state.error.code, state.error.message);
      }
      return work(mintScoped(base, actor, grant.engagement), grant);
    });
  } catch (error) {
    if (!(error instanceof Denied)) throw error;
    await recordDenial(context, actor, action, error, reference);
    throw failureOf(error.denial);
  }
}

async function findGrant(
  base: TransactionBase,
  actor: Actor,
  action: ScopedAction,
  reference: References[keyof References],
  hold: Hold,
): Promise<Grant> {
  const tx = mintIdentity(base);
  const found = await findTarget(tx, action, reference, hold);
  const engagement = found && (await loadEngagement(tx, found.engagementId, actor.userId));
  if (!found || !engagement) throw new Denied(null, null);
  const standing = await loadStanding(tx, actor.userId);
  const { record, roles } = engagement;
  const facts: Facts = {
    now: base.now.getTime(),
    actor: {
      userId: actor.userId,
      organisationId: actor.organisationId,
      organisationRole: standing.role,
      operator: false,
      leadsEngagements: standing.leadsEngagements,
      stepUpAt: actor.stepUpAt?.getTime() ?? null,
    },
    engagement: {
      entityOrganisationId: record.organisationId,
      assessorOrganisationId: record.assessorOrganisationId,
      assessorAccepted: record.assessorAccepted,
      roles,
    },
  };
  const permission = decide(facts, action, found.target);
  if (!permission.ok) throw new Denied(permission.error, record.id);
  return { permission: permission.value, engagement: record, facts, worksheet: found.worksheet };
}

/** The reference was typed by the action, so the found target's kind is the action's. */
function decide(facts: Facts, action: Action, target: AnyTarget) {
  return authorise(facts, action, target.facts as TargetOf<Action>);
}

/** The denial goes to the actor's own organisation, never to the target's. */
async function recordDenial(
  context: ServiceContext,
  actor: Actor,
  action: Action,
  denied: Denied,
  reference: References[keyof References],
): Promise<void> {
  await changeIdentity(context, async (tx) => {
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "access.denied",
        requestId: context.requestId,
        detail: { attempted: action, code: denied.denial?.code ?? "unknown_target", reference: { ...reference } },
      }),
    );
  });
}

function failureOf(denial: Denial | null): Failure {
  if (!denial?.visible) return notFound();
  return new Failure(denial.code === "step_up" ? "step_up_required" : "forbidden", denial.reason);
}
