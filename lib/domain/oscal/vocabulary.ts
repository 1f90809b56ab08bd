import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { ValidityStatus } from "@/lib/domain/sign-off/validity";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** The release of OSCAL that documents are written for. Source: https://pages.nist.gov/OSCAL/ */
export const OSCAL_VERSION = "1.2.1";

/** The namespace of whatever a document says in words of ours and not of OSCAL's. */
export const NAMESPACE = "urn:countervail:oscal";

/** What an engagement can be written as: its plan of action and milestones, or its system security plan. */
export const ENGAGEMENT_MODELS = ["poam", "ssp"] as const;
export type EngagementModel = (typeof ENGAGEMENT_MODELS)[number];

/** Every kind of document that is written, by the name of its schema. */
export const OSCAL_MODELS = [...ENGAGEMENT_MODELS, "catalog", "mapping"] as const;
export type OscalModel = (typeof OSCAL_MODELS)[number];

/** The one key at the top of each kind of document. */
export const ROOT_KEYS = {
  poam: "plan-of-action-and-milestones",
  ssp: "system-security-plan",
  catalog: "catalog",
  mapping: "mapping-collection",
} as const satisfies Readonly<Record<OscalModel, string>>;

/** Makes the UUID (version 5, as OSCAL asks for 4 or 5 and our own ids are 7) that always belongs to a name. */
export type Identify = (name: string) => string;

/** A requirement's number as a control's id: ids begin with a letter, so that 8.3.4 is `pci-8.3.4`. */
export function controlId(requirementNumber: string): string {
  return `pci-${requirementNumber.replace(/[^\p{L}\p{N}.\-_]/gu, "_")}`;
}

/** Where a service hands out the catalogue of a PCI DSS version as OSCAL. */
export function catalogAddress(url: string, version: StandardVersion): string {
  return `${url}/api/v1/catalogue/${version}/oscal`;
}

/** The states of a risk that OSCAL names. */
export type RiskStatus = "open" | "investigating" | "deviation-requested" | "deviation-approved" | "closed";

const STATUS: Readonly<Record<WorksheetState, RiskStatus>> = {
  draft: "open",
  internal_review: "open",
  changes_requested: "open",
  qsa_review: "deviation-requested",
  signed: "deviation-approved",
  refused: "open",
  revoked: "open",
  withdrawn: "open",
};

/**
 * How the risk of not meeting a requirement stands while its worksheet is in a state. A compensating control is a
 * deviation: asked for by its submission, approved by a signature, but only as long as that holds.
 * @param validity null where nothing was signed
 */
export function riskStatus(state: WorksheetState, validity: ValidityStatus | null = null): RiskStatus {
  const lapsed = state === "signed" && validity !== null && validity !== "valid";
  return lapsed ? "investigating" : STATUS[state];
}
