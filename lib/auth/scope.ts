import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { answerDenial, Denied } from "@/lib/auth/denial";
import { changeOptions, readOptions } from "@/lib/auth/open";
import { findTarget, type ReferenceOf, type References, type ScopedAction } from "@/lib/auth/targets";
import { tokenFacts } from "@/lib/auth/token-facts";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { uuid } from "@/lib/contracts/text";
import { type EngagementStanding, type Hold, loadEngagement, type WorksheetTarget } from "@/lib/data/facts";
import type { IdentityTx, ListedTx, ScopedTx } from "@/lib/db/kinds";
import { mintIdentity, mintListed, mintScoped } from "@/lib/db/mint";
import { runTransaction, type TransactionBase, type TransactionOptions } from "@/lib/db/transactions";
import { checkState } from "@/lib/domain/access/action-states";
import { ACTIONS, type Action } from "@/lib/domain/access/actions";
import { authorise, type Denial, type Permission } from "@/lib/domain/access/authorise";
import type { AnyTarget, Facts, TargetOf } from "@/lib/domain/access/facts";
import type { EngagementRecord } from "@/lib/domain/engagement/record";
import { ok, type Result } from "@/lib/domain/result";

/** An action whose target is a worksheet. */
type WorksheetAction = { [A in Action]: (typeof ACTIONS)[A] extends "worksheet" ? A : never }[Action];

/** An action whose target is an engagement as a whole. */
type EngagementAction = { [A in Action]: (typeof ACTIONS)[A] extends "engagement" ? A : never }[Action];

/** What stands behind a right that was found; only this module makes one. */
export interface Grant {
  readonly permission: Permission;
  readonly engagement: EngagementRecord;
  readonly facts: Facts;
  /** The worksheet that the target is or belongs to, for actions on one. */
  readonly worksheet: WorksheetTarget | null;
}

/** Where a use case works: for those that are parts of a larger one. */
export interface Inside {
  readonly context: ServiceContext;
  readonly tx: ScopedTx;
  readonly grant: Grant;
}

/** Reads inside an engagement. @throws Failure not_found, forbidden, step_up_required */
export function readScope<A extends ScopedAction, T>(
  context: ServiceContext,
  action: A,
  reference: ReferenceOf<A>,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T> {
  return enter(context, { options: readOptions(context), action, reference, hold: "none", work });
}

/**
 * As {@link readScope}, with everything that is read of one instant, for what goes into one file. What the work does outside
 * of the database is done anew when the transaction is. @param pace how long it may take: as a request, or many minutes
 */
export function readOneInstant<A extends ScopedAction, T>(
  context: ServiceContext,
  action: A,
  reference: ReferenceOf<A>,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
  pace: "request" | "export" = "request",
): Promise<T> {
  const options = { ...readOptions(context), ofOneInstant: pace };
  return enter(context, { options, action, reference, hold: "none", work });
}

/**
 * Reads for a list: null where the person has no right. A list shows what there is for somebody, so what it leaves out is
 * no denial.
 */
export async function readListed<A extends ScopedAction, T>(
  context: ServiceContext,
  action: A,
  reference: ReferenceOf<A>,
  work: (tx: ScopedTx, grant: Grant) => Promise<T>,
): Promise<T | null> {
  const entry = { options: readOptions(context), action, reference: canonical(reference), hold: "none", work } as const;
  try {
    return await attempt(context, requireActor(context), entry);
  } catch (error) {
    if (error instanceof Denied) return null;
    throw error;
  }
}

/** The ways into several engagements within one transaction. */
export interface Across {
  /** The grant of an action in an engagement that was found, or null where the person has no right. */
  readonly grant: (action: EngagementAction, found: EngagementStanding) => Grant | null;
  /** Goes on over the workbooks of some engagements, none of which is entered. */
  readonly over: (grants: readonly Grant[]) => Promise<ListedTx>;
  /** Goes on inside one of them. */
  readonly inside: (grant: Grant) => Promise<ScopedTx>;
}

/**
 * Reads for a list of engagements in one transaction. It begins as one about who somebody is, by which engagements are
 * found, and goes on only over those, and inside those, for which there is a grant. As in `readListed`, nothing is a denial.
 * Everything is of one instant, so that what is derived inside of one fits what was told of it before.
 */
export function readAcross<T>(
  context: ServiceContext,
  work: (tx: IdentityTx, across: Across) => Promise<T>,
): Promise<T> {
  const actor = requireActor(context);
  const options = { ...readOptions(context), ofOneInstant: "request" } as const;
  return runTransaction(context.database, options, (base) =>
    work(mintIdentity(base), {
      grant: (action, found) => {
        const target: AnyTarget = { kind: "engagement", facts: null };
        const granted = judge(base, actor, found, { action, target, worksheet: null });
        return granted.ok ? granted.value : null;
      },
      over: (grants) =>
        mintListed(
          base,
          actor,
          grants.map(({ engagement }) => engagement.id),
        ),
      inside: (grant) => mintScoped(base, actor, grant.engagement),
    }),
  );
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
  return enter(context, { options: changeOptions(context), action, reference, hold, work });
}

/** Whether a further action would be allowed on the grant's own target or engagement, taking a step-up as given. */
export function couldDo<A extends Action>(grant: Grant, action: A, target: TargetOf<A>): boolean {
  return permissionFor(grant, action, target) !== null;
}

/** The permission that a further action would have on a target in the grant's engagement, or null; a step-up counts as given. */
export function permissionFor<A extends Action>(grant: Grant, action: A, target: TargetOf<A>): Permission | null {
  const decision = judgeSteppedUp(grant, action, target);
  return decision.ok ? decision.value : null;
}

/**
 * The grant of a further action on a worksheet of the grant's engagement, whose row the caller holds.
 * @throws Failure forbidden, wrong_state
 */
export function grantFor<A extends ScopedAction & WorksheetAction>(
  grant: Grant,
  action: A,
  worksheet: WorksheetTarget,
): Grant {
  const decision = decide(grant.facts, action, { kind: "worksheet", facts: worksheet.facts });
  if (!decision.ok) throw new Failure("forbidden", decision.error.reason);
  const state = checkState(action, worksheet.facts.state);
  if (!state.ok) throw new Failure(state.error.code, state.error.message);
  return { ...grant, permission: decision.value, worksheet };
}

/**
 * Judges one of the further actions that a request consists of, before any of them is done. The refusal is the request's one
 * event, and names this action and target. @param about what it is of, said before the reason @throws what becomes a Failure
 * not_found or forbidden
 */
export function requireRight<A extends ScopedAction>(
  grant: Grant,
  action: A,
  target: TargetOf<A>,
  reference: ReferenceOf<A>,
  about: string,
): void {
  const decision = authorise(grant.facts, action, target);
  if (decision.ok) return;
  const denial = { ...decision.error, reason: `${about}: ${decision.error.reason}` };
  throw new Denied(denial, "ccw", { action, reference });
}

/** The refusal of a further action whose target is not there, or not in the grant's engagement. */
export function unknownTarget<A extends ScopedAction>(action: A, reference: ReferenceOf<A>): Error {
  return new Denied(null, "ccw", { action, reference });
}

/** Why a further action would be denied, in words for the person; null when it would not be. */
export function reasonAgainst<A extends Action>(grant: Grant, action: A, target: TargetOf<A>): string | null {
  const decision = judgeSteppedUp(grant, action, target);
  return decision.ok ? null : decision.error.reason;
}

function judgeSteppedUp<A extends Action>({ facts }: Grant, action: A, target: TargetOf<A>) {
  const steppedUp: Facts = { ...facts, actor: { ...facts.actor, stepUpAt: facts.now } };
  return authorise(steppedUp, action, target);
}

/** What is to be done once the right is found. */
interface Entry<T> {
  readonly options: TransactionOptions;
  readonly action: ScopedAction;
  readonly reference: References[keyof References];
  readonly hold: Hold;
  readonly work: (tx: ScopedTx, grant: Grant) => Promise<T>;
}

async function enter<T>(context: ServiceContext, entry: Entry<T>): Promise<T> {
  const actor = requireActor(context);
  const named = { ...entry, reference: canonical(entry.reference) };
  try {
    return await attempt(context, actor, named);
  } catch (error) {
    throw await answerDenial(context, actor, named, error);
  }
}

/** The address of a page may hold anything: what is no identifier names nothing, and capitals are folded. */
function canonical(reference: References[keyof References]): References[keyof References] {
  const folded = Object.entries(reference).map(([name, id]: [string, string | null]) => {
    const parsed = uuid.nullable().safeParse(id);
    if (!parsed.success) throw notFound();
    return [name, parsed.data];
  });
  return Object.fromEntries(folded) as References[keyof References];
}

function attempt<T>(context: ServiceContext, actor: Actor, entry: Entry<T>): Promise<T> {
  const { options, action, reference, hold, work } = entry;
  return runTransaction(context.database, options, async (base) => {
    const grant = await findGrant(base, actor, action, reference, hold);
    if (grant.worksheet && ACTIONS[action] === "worksheet") {
      const state = checkState(action, grant.worksheet.facts.state);
      if (!state.ok) throw new Failure(state.error.code, state.error.message);
    }
    return work(await mintScoped(base, actor, grant.engagement), grant);
  });
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
  if (!found || !engagement) throw new Denied(null);
  const granted = judge(base, actor, engagement, { action, ...found });
  if (!granted.ok) throw new Denied(granted.error, found.worksheet?.kind);
  return granted.value;
}

/** Decides over an action in an engagement by what is known of somebody there. */
function judge(
  base: TransactionBase,
  actor: Actor,
  { record, roles, standing }: EngagementStanding,
  asked: { readonly action: ScopedAction; readonly target: AnyTarget; readonly worksheet: WorksheetTarget | null },
): Result<Grant, Denial> {
  const facts: Facts = {
    now: base.now.getTime(),
    token: tokenFacts(actor, record.id),
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
  const permission = decide(facts, asked.action, asked.target);
  if (!permission.ok) return permission;
  return ok({ permission: permission.value, engagement: record, facts, worksheet: asked.worksheet });
}

/** The reference was typed by the action, so the found target's kind is the action's. */
function decide(facts: Facts, action: Action, target: AnyTarget) {
  return authorise(facts, action, target.facts as TargetOf<Action>);
}
