import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { AssessmentType } from "@/lib/domain/engagement/rules";

/** What every use case inside an engagement knows about it. */
export interface EngagementRecord {
  readonly id: string;
  readonly name: string;
  /** The entity that owns the engagement; its chain takes the engagement's events. */
  readonly organisationId: string;
  readonly entityName: string;
  /** The assessor company, once one was chosen; then it decides, and nobody of the entity. */
  readonly assessorOrganisationId: string | null;
  readonly assessorName: string | null;
  readonly assessorAccepted: boolean;
  readonly standardVersion: StandardVersion;
  readonly assessmentType: AssessmentType;
  readonly internalReview: boolean;
  readonly catalogueVersion: string;
}
