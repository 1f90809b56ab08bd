import type { Actor } from "@/lib/contracts/request-context";
import type { TransactionBase } from "@/lib/db/transactions";
import type { EngagementRecord } from "@/lib/domain/engagement/record";

declare const minted: unique symbol;

/** A transaction inside one engagement, opened by a grant. Repositories of engagement data accept nothing else. */
export interface ScopedTx extends TransactionBase {
  readonly [minted]: "scoped";
  readonly actor: Actor;
  readonly engagement: EngagementRecord;
}

/**
 * A transaction over the workbooks of several engagements, each opened by a grant: it sees nothing of them but what the
 * database's functions tell of one after the other.
 */
export interface ListedTx extends TransactionBase {
  readonly [minted]: "listed";
  readonly actor: Actor;
  readonly engagementIds: readonly string[];
}

/** A transaction inside one organisation: its people, invitations and settings. */
export interface OrganisationTx extends TransactionBase {
  readonly [minted]: "organisation";
  readonly actor: Actor;
  readonly organisationId: string;
}

/** A transaction about who somebody is: sign-in, sessions, memberships, facts for a decision. */
export interface IdentityTx extends TransactionBase {
  readonly [minted]: "identity";
}

/** A transaction of the service itself, for a stated reason: set-up, loading, health. */
export interface SystemTx extends TransactionBase {
  readonly [minted]: "system";
  readonly reason: string;
}

/** The books that a worker keeps of exports. */
export interface ExportsTx extends TransactionBase {
  readonly [minted]: "exports";
}

/** The books that a worker keeps of what organisations are told, and the secrets that sign it. */
export interface DeliveriesTx extends TransactionBase {
  readonly [minted]: "deliveries";
}

/** Reads of what everybody may read: the catalogue. A transaction of any kind may do that. */
export interface PublicTx extends TransactionBase {
  readonly [minted]: "public" | "scoped" | "listed" | "organisation" | "identity" | "system" | "exports";
}
