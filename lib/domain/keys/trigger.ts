import type { ArticleRowId } from "@/lib/domain/catalogue/article";
import type { Condition } from "@/lib/domain/keys/condition";

/** The three reasons under row 3.5: key-encrypting key, data key in clear text, material made by AWS. */
export const SCENARIOS_35 = ["3.5-KEK", "3.5-DEK", "3.5-AWSGEN"] as const;
export type Scenario35 = (typeof SCENARIOS_35)[number];

/** What can be triggered: an article row, with 3.5 split into its three scenarios. */
export type TriggerId = Exclude<ArticleRowId, "3.5"> | Scenario35;

/** All triggers in the order of the article's rows. */
export const TRIGGER_IDS: readonly TriggerId[] = [
  "1.3",
  "2.3",
  ...SCENARIOS_35,
  "3.5.1",
  "3.5.2",
  "3.5.3",
  "3.6.4",
  "3.6.5",
  "3.6.6",
  "4.1",
  "8.1.6",
  "8.1.8",
  "8.2",
  "8.3",
  "8.5",
  "10.2",
  "10.3",
  "10.5",
  "10.7",
  "11.5",
  "A2",
];

/** The article row a trigger belongs to. */
export function rowOf(trigger: TriggerId): ArticleRowId {
  return isScenario(trigger) ? "3.5" : trigger;
}

function isScenario(trigger: TriggerId): trigger is Scenario35 {
  return (SCENARIOS_35 as readonly string[]).includes(trigger);
}

/** The two readings that stand side by side everywhere. */
export const READINGS = ["article", "today"] as const;
export type ReadingName = (typeof READINGS)[number];

/** When a trigger fires and what is said about it. */
export interface Rule {
  readonly when: Condition;
  /** Why the requirement is touched, in our words. */
  readonly reason: string;
  /** Said beside the reason when the facts call for it. */
  readonly remarks?: readonly { readonly when: Condition; readonly text: string }[];
}

/** A trigger in both readings: any rule of a reading suffices; no rule means never. */
export interface TriggerEntry {
  readonly article: readonly Rule[];
  readonly today: readonly Rule[];
}
