import { type OwnValues, readOwnValues } from "@/lib/data/own-values";
import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import { effectivePolicy, type SecurityPolicy } from "@/lib/domain/security/policy";

/** The policy of an organisation. */
export function policyOf(tx: IdentityTx | OrganisationTx, organisationId: string): Promise<OwnValues<SecurityPolicy>> {
  return readOwnValues(tx, "organisationPolicy", organisationId, effectivePolicy);
}
