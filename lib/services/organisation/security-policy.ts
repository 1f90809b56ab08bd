import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { Failure } from "@/lib/contracts/failure";
import type { ChangePolicyInput, SecurityPolicyDto } from "@/lib/contracts/security-policy";
import { namesOf, personRef } from "@/lib/data/people";
import { readPolicy, savePolicy } from "@/lib/data/policies";
import type { OrganisationTx } from "@/lib/db/kinds";
import { BUILT_IN_POLICY, POLICY_NAMES, type SecurityPolicy } from "@/lib/domain/security/policy";

/** The security policy in force in one's own organisation. */
export function readSecurityPolicy(context: ServiceContext): Promise<SecurityPolicyDto> {
  return readOrganisation(context, "organisation.read", policyDto);
}

/**
 * Changes the security policy of one's own organisation. It is in force with the next request of everybody: sessions that
 * are older than it allows have ended, locks and passwords follow it.
 * @throws Failure forbidden, step_up_required, stale with what is stored
 */
export function changeSecurityPolicy(context: ServiceContext, input: ChangePolicyInput): Promise<SecurityPolicyDto> {
  const { version, ...values } = input;
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    const before = await readPolicy(tx);
    // What is as built in is not stored, so that it follows when the product becomes stricter.
    const own = select(values, (name) => values[name] !== BUILT_IN_POLICY[name]);
    if (!(await savePolicy(tx, version, own))) {
      throw new Failure("stale", "Somebody else changed the policy.", { current: await policyDto(tx) });
    }
    const changed = (name: keyof SecurityPolicy) => values[name] !== before.values[name];
    recordInOrganisation(context, tx, {
      action: "policy.changed",
      detail: { version: version + 1, ...select(values, changed), before: select(before.values, changed) },
      changes: [{ table: "organisation_policy", id: tx.organisationId }],
    });
    return policyDto(tx);
  });
}

function select(values: SecurityPolicy, wanted: (name: keyof SecurityPolicy) => boolean): Partial<SecurityPolicy> {
  return Object.fromEntries(POLICY_NAMES.filter(wanted).map((name) => [name, values[name]]));
}

async function policyDto(tx: OrganisationTx): Promise<SecurityPolicyDto> {
  const { values, version, updatedById, updatedAt } = await readPolicy(tx);
  const updatedBy = updatedById === null ? null : personRef(await namesOf(tx, [updatedById]), updatedById);
  return { ...values, version, updatedBy, updatedAt: updatedAt?.toISOString() ?? null };
}
