import type { Actor } from "@/lib/contracts/request-context";
import type { IdentityTx, OrganisationTx, PublicTx, ScopedTx, SystemTx } from "@/lib/db/kinds";
import type { TransactionBase } from "@/lib/db/transactions";
import type { EngagementRecord } from "@/lib/domain/engagement/record";

/** Turns a transaction into one of an engagement. Only lib/auth may import this module: no grant, no query. */
export function mintScoped(base: TransactionBase, actor: Actor, engagement: EngagementRecord): ScopedTx {
  return { ...base, actor, engagement } as ScopedTx;
}

/** Turns a transaction into one of the actor's own organisation. */
export function mintOrganisation(base: TransactionBase, actor: Actor): OrganisationTx {
  return { ...base, actor, organisationId: actor.organisationId } as OrganisationTx;
}

/** Turns a transaction into one about identity. */
export function mintIdentity(base: TransactionBase): IdentityTx {
  return { ...base } as IdentityTx;
}

/** Turns a transaction into one of the service itself. */
export function mintSystem(base: TransactionBase, reason: string): SystemTx {
  return { ...base, reason } as SystemTx;
}

/** Turns a transaction into one that reads public data. */
export function mintPublic(base: TransactionBase): PublicTx {
  return { ...base } as PublicTx;
}
