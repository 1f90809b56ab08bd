/** What an entity does about a requirement. */
export const DISPOSITIONS = [
  "undecided",
  "met",
  "fix_planned",
  "not_applicable",
  "compensating_control",
  "customized_approach",
  "legal_exception",
] as const;

/** The entity's answer to a requirement. */
export type Disposition = (typeof DISPOSITIONS)[number];
