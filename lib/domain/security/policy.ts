/** What an organisation may set about signing in. Times are in the units that the names say. */
export interface SecurityPolicy {
  readonly idleMinutes: number;
  readonly absoluteHours: number;
  readonly maxSessions: number;
  readonly maxFailures: number;
  readonly lockMinutes: number;
  readonly passwordMinLength: number;
  readonly passwordHistory: number;
  /** The longest that an API token lives; 0 allows none. */
  readonly tokenDays: number;
}

/** The name of a value of the policy. */
export type PolicyName = keyof SecurityPolicy;

/**
 * The built-in policy: the stricter of PCI DSS 3.2.1 and 4.0.1. Idle time 8.1.8 / 8.2.8; six failures 8.1.6 (4.0.1
 * 8.3.4 allows ten) and 30 minutes; length 8.3.6; history 8.2.5 / 8.3.7. Length of a session, their number and the life of tokens are ours.
 */
export const BUILT_IN_POLICY: SecurityPolicy = {
  idleMinutes: 15,
  absoluteHours: 8,
  maxSessions: 3,
  maxFailures: 6,
  lockMinutes: 30,
  passwordMinLength: 12,
  passwordHistory: 4,
  tokenDays: 365,
};

/** The range of each value: the built-in one is its loose end, so that a policy is stricter or the same. */
export const POLICY_RANGES: Readonly<Record<PolicyName, { readonly least: number; readonly most: number }>> = {
  idleMinutes: { least: 2, most: BUILT_IN_POLICY.idleMinutes },
  absoluteHours: { least: 1, most: BUILT_IN_POLICY.absoluteHours },
  maxSessions: { least: 1, most: BUILT_IN_POLICY.maxSessions },
  maxFailures: { least: 3, most: BUILT_IN_POLICY.maxFailures },
  lockMinutes: { least: BUILT_IN_POLICY.lockMinutes, most: 24 * 60 },
  passwordMinLength: { least: BUILT_IN_POLICY.passwordMinLength, most: 64 },
  passwordHistory: { least: BUILT_IN_POLICY.passwordHistory, most: 24 },
  tokenDays: { least: 0, most: BUILT_IN_POLICY.tokenDays },
};

/** All names, in the order of a form. */
export const POLICY_NAMES = Object.keys(POLICY_RANGES) as readonly PolicyName[];

/**
 * The policy that holds for an organisation: what it set, where that is in range, and the built-in values elsewhere.
 * Values that a later version of the product finds too loose fall back by themselves.
 */
export function effectivePolicy(set: Readonly<Partial<Record<PolicyName, unknown>>> | null): SecurityPolicy {
  const values = POLICY_NAMES.map((name) => {
    const value = set?.[name];
    return [name, inRange(name, value) ? value : BUILT_IN_POLICY[name]];
  });
  return Object.fromEntries(values) as Record<PolicyName, number>;
}

/** The values that differ from others; by default from the built-in ones. */
export function changedPolicy(policy: SecurityPolicy, from: SecurityPolicy = BUILT_IN_POLICY): Partial<SecurityPolicy> {
  const names = POLICY_NAMES.filter((name) => policy[name] !== from[name]);
  return Object.fromEntries(names.map((name) => [name, policy[name]]));
}

/** Whether a value may be set. */
export function inRange(name: PolicyName, value: unknown): value is number {
  const { least, most } = POLICY_RANGES[name];
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
