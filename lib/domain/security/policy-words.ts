import type { PolicyName } from "@/lib/domain/security/policy";

/** How a value of the policy is called, what it is counted in, and where its built-in bound comes from. */
export interface PolicyWords {
  readonly label: string;
  readonly unit: string;
  /** Which end is the stricter one. */
  readonly stricter: "less" | "more";
  /** Requirement numbers of PCI DSS 3.2.1 and 4.0.1; null where the bound is ours. */
  readonly source: string | null;
}

/** The values of the policy in words. Numbers: PCI DSS 3.2.1 and 4.0.1, Requirement 8; the stricter of both is the bound. */
export const POLICY_WORDS: Readonly<Record<PolicyName, PolicyWords>> = {
  idleMinutes: { label: "Idle time", unit: "minutes", stricter: "less", source: "8.1.8 in 3.2.1, 8.2.8 in 4.0.1" },
  absoluteHours: { label: "Longest session", unit: "hours", stricter: "less", source: null },
  maxSessions: { label: "Sessions at a time", unit: "sessions", stricter: "less", source: null },
  maxFailures: {
    label: "Failed attempts before a lock",
    unit: "attempts",
    stricter: "less",
    source: "8.1.6 in 3.2.1; 8.3.4 in 4.0.1 would allow 10",
  },
  lockMinutes: {
    label: "Length of a lock",
    unit: "minutes",
    stricter: "more",
    source: "8.1.7 in 3.2.1, 8.3.4 in 4.0.1",
  },
  passwordMinLength: {
    label: "Shortest password",
    unit: "characters",
    stricter: "more",
    source: "8.3.6 in 4.0.1; 8.2.3 in 3.2.1 would allow 7",
  },
  passwordHistory: {
    label: "Former passwords refused",
    unit: "passwords",
    stricter: "more",
    source: "8.2.5 in 3.2.1, 8.3.7 in 4.0.1",
  },
  tokenDays: { label: "Longest life of an API token (0: none allowed)", unit: "days", stricter: "less", source: null },
};
