import { type OwnValues, readOwnValues } from "@/lib/data/own-values";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { effectiveSettings, type RigourSettings } from "@/lib/domain/rigour/settings";

/** The thresholds of an organisation. */
export function settingsOf(tx: OrganisationTx | ScopedTx, organisationId: string): Promise<OwnValues<RigourSettings>> {
  return readOwnValues(tx, "organisationRigour", organisationId, effectiveSettings);
}

/** The thresholds by which the worksheets of an engagement are judged: those of the entity that it belongs to. */
export async function settingsInForce(tx: ScopedTx): Promise<RigourSettings> {
  return (await settingsOf(tx, tx.engagement.organisationId)).values;
}
