import type { RuleId } from "@/lib/domain/rigour/finding";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

/** The questions of the eligibility gate, in the order in which they are asked. */
export const GATE_QUESTIONS = ["missedActivity", "storedSad", "legalBar", "switchable"] as const;
export type GateQuestion = (typeof GATE_QUESTIONS)[number];

/** What is asked, and why it is. */
export const GATE_WORDS: Readonly<Record<GateQuestion, { readonly ask: string; readonly why: string }>> = {
  missedActivity: {
    ask: "Is it to make up for a periodic task that was not done?",
    why: "A compensating control works now and in future; it cannot repair what was missed.",
  },
  storedSad: {
    ask: "Is it about sensitive authentication data kept after authorisation?",
    why: "Card codes, PINs and track data may not be kept at all, so nothing makes up for keeping them.",
  },
  legalBar: {
    ask: "Does a law forbid meeting the requirement?",
    why: "A law has a way of its own in the report. A contract is no law: it may be a business constraint.",
  },
  switchable: {
    ask: "Could a setting that exists be switched on to meet it?",
    why: "What can be switched on is fixed, and not compensated.",
  },
};

/** Something at which the gate stops. */
export interface GateStop {
  readonly rule: RuleId;
  /** The field that was answered so, or not at all; null where no answer can help. */
  readonly question: keyof EligibilityAnswers | null;
  /** What is wrong, and what to do instead. */
  readonly message: string;
  /** What to choose for the requirement instead; null where only the answer has to be completed. */
  readonly wayOut: Disposition | null;
}

/** What a way out is called on its button. */
export const WAY_OUT_WORDS: Readonly<Partial<Record<Disposition, string>>> = {
  legal_exception: "Choose “Legal exception” instead",
  fix_planned: "Plan the fix instead",
  undecided: "Give up the customized approach",
};
