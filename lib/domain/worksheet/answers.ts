import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** The answers of the eligibility gate; null means not answered yet. */
export interface EligibilityAnswers {
  /** Is the worksheet to make up for a periodic task that was not done? */
  readonly missedActivity: boolean | null;
  /** Is it about sensitive authentication data kept after authorisation? */
  readonly storedSad: boolean | null;
  /** Does a law forbid meeting the requirement? */
  readonly legalBar: boolean | null;
  /** Could a setting that exists be switched on to meet it? */
  readonly switchable: boolean | null;
  /** Why it cannot, where a setting exists or the requirement is a plain configuration gap. */
  readonly whyNotSwitchedOn: string;
}

/** A gate that nobody has answered yet. */
export const UNANSWERED: EligibilityAnswers = {
  missedActivity: null,
  storedSad: null,
  legalBar: null,
  switchable: null,
  whyNotSwitchedOn: "",
};

/** A reason that somebody gave for a warning, with what the warning said. It is frozen with the revision. */
export interface WarningReason {
  /** The finding's key: another key, another warning. */
  readonly key: string;
  /** The id of the rule. */
  readonly rule: string;
  readonly section: SectionKey | null;
  readonly message: string;
  readonly reason: string;
}
