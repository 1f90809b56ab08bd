import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import type { IdentityTx, PublicTx, SystemTx } from "@/lib/db/kinds";
import { mintIdentity, mintPublic, mintSystem } from "@/lib/db/mint";
import { runTransaction, type TransactionOptions } from "@/lib/db/transactions";

/** The options of a read by this context. */
export function readOptions(context: ServiceContext): TransactionOptions {
  return { now: context.clock(), origin: { address: context.address }, readOnly: true };
}

/** The options of a change by this context: its key makes it happen once. */
export function changeOptions(context: ServiceContext): TransactionOptions {
  const { idempotency } = context;
  return {
    now: context.clock(),
    origin: { address: context.address },
    ...(idempotency ? { idempotency: { ...idempotency, userId: requireActor(context).userId } } : {}),
  };
}

/** Reads the public catalogue. */
export function readPublic<T>(context: ServiceContext, work: (tx: PublicTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, readOptions(context), (base) => work(mintPublic(base)));
}

/** Works on identities without leaving an event: reading facts, counting attempts, moving a session's last use. */
export function inIdentity<T>(context: ServiceContext, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, readOptions(context), (base) => work(mintIdentity(base)));
}

/** Changes an identity; an event has to be recorded. */
export function changeIdentity<T>(context: ServiceContext, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, changeOptions(unrepeatable(context)), (base) => work(mintIdentity(base)));
}

/** The service's own work, for a stated reason; an event has to be recorded. */
export function asSystem<T>(context: ServiceContext, reason: string, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, changeOptions(unrepeatable(context)), (base) =>
    work(mintSystem(base, reason)),
  );
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
  return runTransaction(context.database, { now: context.clock(), readOnly: true }, (base) =>
    work(mintSystem(base, reason)),
  );
}
