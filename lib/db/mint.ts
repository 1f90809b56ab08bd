import type { Actor } from "@/lib/contracts/request-context";
import type {
  DeliveriesTx,
  ExportsTx,
  IdentityTx,
  ListedTx,
  OrganisationTx,
  PublicTx,
  ScopedTx,
  SystemTx,
} from "@/lib/db/kinds";
import { type Stance, takeStance } from "@/lib/db/stance";
import type { TransactionBase } from "@/lib/db/transactions";
import type { EngagementRecord } from "@/lib/domain/engagement/record";

/** Turns a transaction into one of an engagement. Only lib/auth may import this module: no grant, no query. */
export async function mintScoped(base: TransactionBase, actor: Actor, engagement: EngagementRecord): Promise<ScopedTx> {
  const tx = { ...base, actor, engagement } as ScopedTx;
  await takeStance(tx.db, stanceOf(tx));
  return tx;
}

/** Turns a transaction into one over several engagements, inside of none. */
export async function mintListed(
  base: TransactionBase,
  actor: Actor,
  engagementIds: readonly string[],
): Promise<ListedTx> {
  const { userId, organisationId } = actor;
  await takeStance(base.db, { kind: "scoped", userId, organisationId });
  return { ...base, actor, engagementIds } as ListedTx;
}

/** Turns a transaction into one of the actor's own organisation. */
export async function mintOrganisation(base: TransactionBase, actor: Actor): Promise<OrganisationTx> {
  const tx = { ...base, actor, organisationId: actor.organisationId } as OrganisationTx;
  await takeStance(tx.db, stanceOf(tx));
  return tx;
}

/** A transaction that was opened as one about identity. */
export function mintIdentity(base: TransactionBase): IdentityTx {
  return { ...base } as IdentityTx;
}

/** A transaction that was opened as the service's own, or as the owner's. */
export function mintSystem(base: TransactionBase, reason: string): SystemTx {
  return { ...base, reason } as SystemTx;
}

/** A transaction that was opened for a worker's books. */
export function mintExports(base: TransactionBase): ExportsTx {
  return { ...base } as ExportsTx;
}

/** A transaction that was opened for a worker's deliveries. */
export function mintDeliveries(base: TransactionBase): DeliveriesTx {
  return { ...base } as DeliveriesTx;
}

/** A transaction that was opened for reading public data. */
export function mintPublic(base: TransactionBase): PublicTx {
  return { ...base } as PublicTx;
}

/**
 * Asks or notes something about accounts in the midst of other work, and goes back to it: two statements more. The
 * accounts of all people are seen, and nothing else.
 */
export async function lendIdentity<T>(tx: ScopedTx | OrganisationTx, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  await takeStance(tx.db, { kind: "identity" });
  const goBack = () => takeStance(tx.db, stanceOf(tx));
  let result: T;
  try {
    result = await work({ db: tx.db, now: tx.now, record: tx.record } as IdentityTx);
  } catch (error) {
    // A failed statement has ended the transaction, and then this one fails as well: the first failure is the one to show.
    await goBack().catch(() => undefined);
    throw error;
  }
  await goBack();
  return result;
}

function stanceOf(tx: ScopedTx | OrganisationTx): Stance {
  const { userId, organisationId } = tx.actor;
  if ("engagement" in tx) return { kind: "scoped", userId, organisationId, engagementId: tx.engagement.id };
  return { kind: "organisation", userId, organisationId };
}
