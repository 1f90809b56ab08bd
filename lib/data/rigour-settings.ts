import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { effectiveSettings, type RigourSettings } from "@/lib/domain/rigour/settings";

/** The thresholds that an organisation has set for its worksheets. */
export interface StoredSettings {
  /** The values in force. */
  readonly values: RigourSettings;
  /** 0 before anything was set. */
  readonly version: number;
  readonly updatedById: string | null;
  readonly updatedAt: Date | null;
}

/** The thresholds of the transaction's organisation. */
export function readSettings(tx: OrganisationTx): Promise<StoredSettings> {
  return settingsOf(tx, tx.organisationId);
}

/** The thresholds by which the worksheets of an engagement are judged: those of the entity that it belongs to. */
export async function settingsInForce(tx: ScopedTx): Promise<RigourSettings> {
  return (await settingsOf(tx, tx.engagement.organisationId)).values;
}

async function settingsOf(tx: OrganisationTx | ScopedTx, organisationId: string): Promise<StoredSettings> {
  const row = await tx.db.organisationRigour.findUnique({ where: { organisationId } });
  const { version = 0, updatedById = null, updatedAt = null } = row ?? {};
  const values = effectiveSettings((row?.values ?? null) as Record<string, unknown> | null);
  return { values, version, updatedById, updatedAt };
}

/** Saves thresholds over the version they were read at. False when somebody else saved first. */
export async function saveSettings(
  tx: OrganisationTx,
  version: number,
  values: Partial<RigourSettings>,
): Promise<boolean> {
  const { organisationId } = tx;
  const fresh = { values, updatedById: tx.actor.userId, updatedAt: tx.now };
  if (version === 0) {
    const { count } = await tx.db.organisationRigour.createMany({
      data: [{ organisationId, ...fresh, version: 1 }],
      skipDuplicates: true,
    });
    return count === 1;
  }
  const { count } = await tx.db.organisationRigour.updateMany({
    where: { organisationId, version },
    data: { ...fresh, version: { increment: 1 } },
  });
  return count === 1;
}
