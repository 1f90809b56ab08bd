import { isLegacy, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { Standing } from "@/lib/domain/catalogue/status";

/** One number of one PCI DSS version. Numbers are facts, titles are ours. */
export interface Requirement {
  readonly version: StandardVersion;
  readonly number: string;
  /** The number above, null for the twelve requirements and the appendices. */
  readonly parent: string | null;
  readonly level: number;
  /** Assessed itself. A leaf can also be a parent (3.6.1 of 4.0.1, 3.5 of 3.2.1). */
  readonly leaf: boolean;
  readonly title: string;
  readonly serviceProvidersOnly: boolean;
  /** Null on groupings and in 3.2.1, which knows no customized approach. */
  readonly customizedApproachEligible: boolean | null;
  /** No compensating control is accepted: sensitive authentication data kept after authorisation. */
  readonly noCcw: boolean;
  /** At least part of it was best practice until 31 March 2025. */
  readonly futureDated: boolean;
  readonly futureDatedInPart: boolean;
  /** A recurring activity, which a compensating control cannot make up for once missed. */
  readonly frequencyBound: boolean;
  /** The number of the same version that took its place when future-dated items came due. */
  readonly supersededBy: string | null;
}

/** From one number of 3.2.1 to the numbers of 4.0.1 that took its place; our reading. */
export interface RequirementMapping {
  readonly from: string;
  readonly to: readonly string[];
  readonly confidence: "high" | "medium";
}

/** Where the number stands today. */
export function standingOf(requirement: Pick<Requirement, "version" | "supersededBy">): Standing {
  if (isLegacy(requirement.version)) return "retired";
  return requirement.supersededBy === null ? "in force" : "superseded";
}
