import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** What every decision inside an engagement needs to know about it. */
export interface EngagementFacts {
  readonly id: string;
  readonly name: string;
  /** The entity that owns the engagement. */
  readonly organisationId: string;
  readonly entityName: string;
  /** The assessor company, once one was chosen; then it decides, and nobody of the entity. */
  readonly assessorOrganisationId: string | null;
  readonly assessorAccepted: boolean;
  readonly standardVersion: StandardVersion;
  readonly assessmentType: "ROC" | "SAQ";
  readonly internalReview: boolean;
  readonly catalogueVersion: string;
}
