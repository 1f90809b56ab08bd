import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import type { DeliveriesTx, ExportsTx, IdentityTx, OrganisationTx, PublicTx, ScopedTx, SystemTx } from "@/lib/db/kinds";
import { lendIdentity, mintDeliveries, mintExports, mintIdentity, mintPublic, mintSystem } from "@/lib/db/mint";
import type { Stance } from "@/lib/db/stance";
import { runTransaction, type TransactionOptions } from "@/lib/db/transactions";

/** The options of a read by this context. It begins with who somebody is: lib/db/mint goes on from there. */
export function readOptions(context: ServiceContext): TransactionOptions {
  return { now: context.clock(), origin: originOf(context), readOnly: true, as: identityOf(context) };
}

/** The options of a change by this context: its key makes it happen once. */
export function changeOptions(context: ServiceContext): TransactionOptions {
  const { idempotency } = context;
  return {
    now: context.clock(),
    origin: originOf(context),
    as: identityOf(context),
    ...(idempotency ? { idempotency: { ...idempotency, userId: requireActor(context).userId } } : {}),
  };
}

/** Where a request comes from; of an API token's also by which one. */
function originOf({ address, actor }: ServiceContext): { readonly address: string; readonly tokenId?: string } {
  return actor?.token ? { address, tokenId: actor.token.id } : { address };
}

function identityOf(context: ServiceContext): Stance {
  const { actor } = context;
  return actor
    ? { kind: "identity", userId: actor.userId, organisationId: actor.organisationId }
    : { kind: "identity" };
}

/**
 * The same request with nobody signed in, for signing in and joining: they are about accounts that are not the actor's,
 * whoever may be signed in at that browser.
 */
export function asNobody(context: ServiceContext): ServiceContext {
  return { ...context, actor: null, idempotency: undefined };
}

/** Reads the public catalogue. */
export function readPublic<T>(context: ServiceContext, work: (tx: PublicTx) => Promise<T>): Promise<T> {
  const options = { now: context.clock(), readOnly: true, as: { kind: "public" } } as const;
  return runTransaction(context.database, options, (base) => work(mintPublic(base)));
}

/**
 * Works on identities without leaving an event: reading facts, counting attempts, moving a session's last use. With
 * somebody signed in that account alone is there, without anybody all of them.
 */
export function inIdentity<T>(context: ServiceContext, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, readOptions(context), (base) => work(mintIdentity(base)));
}

/** Changes an identity; an event has to be recorded. */
export function changeIdentity<T>(context: ServiceContext, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, changeOptions(unrepeatable(context)), (base) => work(mintIdentity(base)));
}

/** Asks about accounts in the midst of other work: whether an address is taken, whether a password was entered again. */
export function amongAccounts<T>(tx: ScopedTx | OrganisationTx, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return lendIdentity(tx, work);
}

/** The service's own work, for a stated reason; an event has to be recorded. */
export function asSystem<T>(context: ServiceContext, reason: string, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  const options = { ...changeOptions(unrepeatable(context)), as: { kind: "system" } } as const;
  return runTransaction(context.database, options, (base) => work(mintSystem(base, reason)));
}

/** A key belongs to a person's request, not to what the service does around it. */
function unrepeatable(context: ServiceContext): ServiceContext {
  return { ...context, idempotency: undefined };
}

/** Reads for the service itself, for a stated reason. */
export function readAsSystem<T>(
  context: ServiceContext,
  reason: string,
  work: (tx: SystemTx) => Promise<T>,
): Promise<T> {
  const options = { now: context.clock(), readOnly: true, as: { kind: "system" } } as const;
  return runTransaction(context.database, options, (base) => work(mintSystem(base, reason)));
}

/** Loading the catalogue, on a database that was opened as the owner of the tables: no other login may write it. */
export function asOwner<T>(
  context: ServiceContext,
  reason: string,
  { readOnly = false },
  work: (tx: SystemTx) => Promise<T>,
): Promise<T> {
  const options = { now: context.clock(), readOnly, as: { kind: "owner" } } as const;
  return runTransaction(context.database, options, (base) => work(mintSystem(base, reason)));
}

/** Reads of one instant, however long they take, on a database that was opened as the owner of the tables. */
export function inspectAsOwner<T>(
  context: ServiceContext,
  reason: string,
  work: (tx: SystemTx) => Promise<T>,
): Promise<T> {
  const options = { now: context.clock(), readOnly: true, ofOneInstant: "inspection", as: { kind: "owner" } } as const;
  return runTransaction(context.database, options, (base) => work(mintSystem(base, reason)));
}

/** The books that a worker keeps of exports. Only what concerns somebody is an event, which the work records by itself. */
export function noteExports<T>(context: ServiceContext, work: (tx: ExportsTx) => Promise<T>): Promise<T> {
  const options = { now: context.clock(), readOnly: true, as: { kind: "exports" } } as const;
  return runTransaction(context.database, options, (base) => work(mintExports(base)));
}

/** The books that a worker keeps of deliveries; as to exports, only what concerns somebody is an event. */
export function noteDeliveries<T>(context: ServiceContext, work: (tx: DeliveriesTx) => Promise<T>): Promise<T> {
  const options = { now: context.clock(), readOnly: true, as: { kind: "deliveries" } } as const;
  return runTransaction(context.database, options, (base) => work(mintDeliveries(base)));
}

/** A worker's deliveries for one organisation, on whose chain an event has to be recorded. */
export function changeDeliveries<T>(
  context: ServiceContext,
  organisationId: string,
  work: (tx: DeliveriesTx) => Promise<T>,
): Promise<T> {
  const options = { now: context.clock(), as: { kind: "deliveries", organisationId } } as const;
  return runTransaction(context.database, options, (base) => work(mintDeliveries(base)));
}
