import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { rowVersion } from "@/lib/contracts/text";
import { POLICY_NAMES, POLICY_RANGES, type PolicyName, type SecurityPolicy } from "@/lib/domain/security/policy";
import { POLICY_WORDS } from "@/lib/domain/security/policy-words";

/** A value of the policy: a whole number of its range, which is never looser than the built-in one. */
function value(name: PolicyName) {
  const { least, most } = POLICY_RANGES[name];
  const words = `A whole number from ${least} to ${most} ${POLICY_WORDS[name].unit}.`;
  return z.int(words).min(least, words).max(most, words);
}

const values = Object.fromEntries(POLICY_NAMES.map((name) => [name, value(name)])) as Record<
  PolicyName,
  ReturnType<typeof value>
>;

/** Body of `PUT /organisation/policy`: all values, and the version that they were read at. */
export const changePolicyInput = z.strictObject({ version: rowVersion, ...values });
export type ChangePolicyInput = z.infer<typeof changePolicyInput>;

/** The security policy in force in one's organisation: `GET /organisation/policy`. Version 0: nothing was ever set. */
export interface SecurityPolicyDto extends SecurityPolicy {
  readonly version: number;
  readonly updatedBy: PersonRef | null;
  readonly updatedAt: string | null;
}
