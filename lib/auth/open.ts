import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import type { IdentityTx, PublicTx, SystemTx } from "@/lib/db/kinds";
import { mintIdentity, mintPublic, mintSystem } from "@/lib/db/mint";
import { runTransaction, type TransactionOptions } from "@/lib/db/transactions";

/** The options of a change by this context: its key makes it happen once. */
export function changeOptions(context: ServiceContext): TransactionOptions {
  const { idempotency } = context;
  return {
    now: context.clock(),
    ...(idempotency ? { idempotency: { ...idempotency, userId: requireActor(context).userId } } : {}),
  };
}

/** Reads the public catalogue. */
export function readPublic<T>(context: ServiceContext, work: (tx: PublicTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, { now: context.clock(), readOnly: true }, (base) => work(mintPublic(base)));
}

/** Works on identities without leaving an event: reading facts, counting attempts, moving a session's last use. */
export function inIdentity<T>(context: ServiceContext, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, { now: context.clock(), readOnly: true }, (base) => work(mintIdentity(base)));
}

/** Changes an identity; an event has to be recorded. */
export function changeIdentity<T>(context: ServiceContext, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, changeOptions({ ...context, idempotency: undefined }), (base) =>
    work(mintIdentity(base)),
  );
}

/** The service's own work, for a stated reason; an event has to be recorded. */
export function asSystem<T>(context: ServiceContext, reason: string, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  return runTransaction(context.database, { now: context.clock() }, (base) => work(mintSystem(base, reason)));
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
