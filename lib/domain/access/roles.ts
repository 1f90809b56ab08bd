/** Roles within an organisation. */
export const ORGANISATION_ROLES = ["admin", "member"] as const;
/** Roles in an engagement, of both sides. */
export const ENGAGEMENT_ROLES = [
  "lead",
  "contributor",
  "internal_reviewer",
  "observer",
  "qsa_lead",
  "qsa_assistant",
  "isa",
  "officer",
] as const;

export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];
export type EngagementRole = (typeof ENGAGEMENT_ROLES)[number];

/** Roles held by people of the assessor company. */
export const ASSESSOR_ROLES: readonly EngagementRole[] = ["qsa_lead", "qsa_assistant"];
/** Roles of the entity that decide where no assessor company takes part. */
export const SELF_DECIDER_ROLES: readonly EngagementRole[] = ["isa", "officer"];
/** Roles of the entity that read drafts. */
export const ENTITY_READER_ROLES: readonly EngagementRole[] = ["lead", "contributor", "internal_reviewer"];
