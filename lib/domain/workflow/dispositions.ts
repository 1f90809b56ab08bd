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

/** How a disposition is called on the page, in documents and in the trail. */
export const DISPOSITION_LABELS: Readonly<Record<Disposition, string>> = {
  undecided: "Undecided",
  met: "Met",
  fix_planned: "Fix planned",
  not_applicable: "Not applicable",
  compensating_control: "Compensating control",
  customized_approach: "Customized approach",
  legal_exception: "Legal exception",
};
