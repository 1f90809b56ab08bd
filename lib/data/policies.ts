import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import { effectivePolicy, type SecurityPolicy } from "@/lib/domain/security/policy";

/** What an organisation has set for itself. */
export interface StoredPolicy {
  /** The values in force. */
  readonly values: SecurityPolicy;
  /** 0 before anything was set. */
  readonly version: number;
  readonly updatedById: string | null;
  readonly updatedAt: Date | null;
}

/** The policy of the transaction's organisation. */
export function readPolicy(tx: OrganisationTx): Promise<StoredPolicy> {
  return policyOf(tx, tx.organisationId);
}

/** The policy of an organisation. */
export async function policyOf(tx: IdentityTx | OrganisationTx, organisationId: string): Promise<StoredPolicy> {
  const row = await tx.db.organisationPolicy.findUnique({ where: { organisationId } });
  const { version = 0, updatedById = null, updatedAt = null } = row ?? {};
  return {
    values: effectivePolicy((row?.values ?? null) as Record<string, unknown> | null),
    version,
    updatedById,
    updatedAt,
  };
}

/** Saves a policy over the version it was read at. False when somebody else saved first. */
export async function savePolicy(
  tx: OrganisationTx,
  version: number,
  values: Partial<SecurityPolicy>,
): Promise<boolean> {
  const { organisationId } = tx;
  const fresh = { values, updatedById: tx.actor.userId, updatedAt: tx.now };
  if (version === 0) {
    const { count } = await tx.db.organisationPolicy.createMany({
      data: [{ organisationId, ...fresh, version: 1 }],
      skipDuplicates: true,
    });
    return count === 1;
  }
  const { count } = await tx.db.organisationPolicy.updateMany({
    where: { organisationId, version },
    data: { ...fresh, version: { increment: 1 } },
  });
  return count === 1;
}
