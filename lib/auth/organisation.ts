import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { answerDenial, Denied } from "@/lib/auth/denial";
import { amongAccounts, changeOptions, readOptions } from "@/lib/auth/open";
import { tokenFacts } from "@/lib/auth/token-facts";
import type { Actor } from "@/lib/contracts/request-context";
import { type AccountHere, findAccountHere, holdAdministrators } from "@/lib/data/accounts";
import { findApiTokenById } from "@/lib/data/api-tokens";
import { personOfFactorReset } from "@/lib/data/factor-resets";
import { loadStanding } from "@/lib/data/facts";
import type { OrganisationTx } from "@/lib/db/kinds";
import { mintIdentity, mintOrganisation } from "@/lib/db/mint";
import { runTransaction, type TransactionBase, type TransactionOptions } from "@/lib/db/transactions";
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

/** What is known of somebody who acts in their own organisation. */
async function loadFacts(base: TransactionBase, actor: Actor): Promise<Facts> {
  const standing = await loadStanding(mintIdentity(base), actor.userId);
  return {
    now: base.now.getTime(),
    engagement: null,
    token: tokenFacts(actor, null),
    actor: {
      userId: actor.userId,
      organisationId: actor.organisationId,
      organisationRole: standing.role,
      operator: false,
      leadsEngagements: standing.leadsEngagements,
      stepUpAt: actor.stepUpAt?.getTime() ?? null,
    },
  };
}

/** Somebody by themself, by a request to take their second factors away, or by an API token of theirs. */
export type PersonReference =
  | { readonly personId: string }
  | { readonly resetId: string }
  | { readonly tokenId: string };

/**
 * Changes the account of somebody in the actor's own organisation; an event has to be recorded. Who is an administrator
 * is held until the commit: of two who take the right from each other at once, only one still has it when it counts, so
 * that an administrator always remains.
 * @throws Failure not_found, forbidden (also for one's own account), step_up_required
 */
export async function changePerson<T>(
  context: ServiceContext,
  reference: PersonReference,
  work: (tx: OrganisationTx, person: AccountHere) => Promise<T>,
): Promise<T> {
  const actor = requireActor(context);
  const { organisationId } = actor;
  const action = "organisation.people";
  const judge = (facts: Facts, personId: string) => {
    const permission = authorise(facts, action, { organisationId, personId });
    if (!permission.ok) throw new Denied(permission.error);
  };
  try {
    return await runTransaction(context.database, changeOptions(context), async (base) => {
      const facts = await loadFacts(base, actor);
      // The right comes first: whoever has none learns nothing about who is here.
      judge(facts, "personId" in reference ? reference.personId : "");
      const tx = await mintOrganisation(base, actor);
      await holdAdministrators(tx);
      const personId = await personBehind(tx, reference);
      const person = personId === null ? null : await findAccountHere(tx, personId);
      if (!person) throw new Denied(null);
      // Whoever waited for the hold may have lost the right meanwhile.
      const { role } = await amongAccounts(tx, (accounts) => loadStanding(accounts, actor.userId));
      judge({ ...facts, actor: { ...facts.actor, organisationRole: role } }, person.userId);
      return work(tx, person);
    });
  } catch (error) {
    throw await answerDenial(context, actor, { action, reference }, error);
  }
}

async function personBehind(tx: OrganisationTx, reference: PersonReference): Promise<string | null> {
  if ("personId" in reference) return reference.personId;
  if ("resetId" in reference) return personOfFactorReset(tx, reference.resetId);
  return (await findApiTokenById(tx, reference.tokenId))?.userId ?? null;
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
      const facts = await loadFacts(base, actor);
      const target: TargetOf<OrganisationAction> = { organisationId: actor.organisationId };
      const permission = authorise(facts, action, target);
      if (!permission.ok) throw new Denied(permission.error);
      return work(await mintOrganisation(base, actor), facts);
    });
  } catch (error) {
    throw await answerDenial(context, actor, { action, reference: { organisationId: actor.organisationId } }, error);
  }
}
