import type { OrganisationTx } from "@/lib/db/kinds";

/** How long a request waits for a second administrator, in hours. */
const WAITS_HOURS = 24;

/** A request to take somebody's second factors away. */
export interface FactorResetRow {
  readonly id: string;
  readonly userId: string;
  readonly requestedById: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What a second administrator says to it. */
export type FactorResetDecision = "approved" | "declined";

/** Stores a request. */
export async function insertFactorReset(tx: OrganisationTx, userId: string, reason: string): Promise<FactorResetRow> {
  return tx.db.factorReset.create({
    data: {
      organisationId: tx.organisationId,
      userId,
      requestedById: tx.actor.userId,
      reason,
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + WAITS_HOURS * 3_600_000),
    },
  });
}

/** The requests of the organisation that wait for a decision, the oldest first. */
export async function listFactorResets(tx: OrganisationTx): Promise<FactorResetRow[]> {
  const { organisationId } = tx;
  return tx.db.factorReset.findMany({
    where: { organisationId, decision: null, expiresAt: { gt: tx.now } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** A request of the organisation, and whether it still waits; null for any other id. */
export async function findFactorReset(
  tx: OrganisationTx,
  id: string,
): Promise<(FactorResetRow & { readonly waits: boolean }) | null> {
  const row = await tx.db.factorReset.findFirst({ where: { id, organisationId: tx.organisationId } });
  return row && { ...row, waits: row.decision === null && row.expiresAt > tx.now };
}

/** Notes the decision of the transaction's person. */
export async function decideFactorReset(tx: OrganisationTx, id: string, decision: FactorResetDecision): Promise<void> {
  await tx.db.factorReset.update({
    where: { id },
    data: { decision, decidedById: tx.actor.userId, decidedAt: tx.now },
  });
}

/** Whose factors a request of the organisation is about; null for an id that is none of its requests. */
export async function personOfFactorReset(tx: OrganisationTx, id: string): Promise<string | null> {
  return (await findFactorReset(tx, id))?.userId ?? null;
}
