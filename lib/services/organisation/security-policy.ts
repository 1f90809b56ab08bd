import type { ServiceContext } from "@/lib/auth/context";
import type { ChangePolicyInput, SecurityPolicyDto } from "@/lib/contracts/security-policy";
import { policyOf } from "@/lib/data/policies";
import { changedPolicy, type SecurityPolicy } from "@/lib/domain/security/policy";
import { changeOwn, type OwnValuesKind, readOwn } from "@/lib/services/organisation/own-values";

const POLICY: OwnValuesKind<SecurityPolicy> = {
  table: "organisationPolicy",
  auditedTable: "organisation_policy",
  action: "policy.changed",
  overtaken: "Somebody else changed the policy.",
  read: policyOf,
  differing: changedPolicy,
};

/** The security policy in force in one's own organisation. */
export function readSecurityPolicy(context: ServiceContext): Promise<SecurityPolicyDto> {
  return readOwn(context, POLICY);
}

/**
 * Changes the security policy of one's own organisation. It is in force with the next request of everybody: sessions that
 * are older than it allows have ended, locks and passwords follow it.
 * @throws Failure forbidden, step_up_required, stale with what is stored
 */
export function changeSecurityPolicy(context: ServiceContext, input: ChangePolicyInput): Promise<SecurityPolicyDto> {
  const { version, ...values } = input;
  return changeOwn(context, POLICY, version, values);
}
