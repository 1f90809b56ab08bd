import type { CriterionId } from "@/lib/domain/worksheet/criteria";

/** What helps to answer a criterion. All words and examples are ours; the company in them is invented. */
export interface CriterionGuidance {
  /** What an assessor looks for before calling it met. */
  readonly looksFor: readonly string[];
  /** What assessors criticise in answers to it. */
  readonly criticised: readonly string[];
  readonly good: string;
  readonly poor: string;
  /** Why the poor example is poor, in a sentence. */
  readonly poorBecause: string;
}

/** Where the guidance below comes from, beside assessors' practice. */
export const CRITERIA_SOURCES: readonly string[] = [
  "PCI DSS v4.0.1 and v3.2.1, Appendix B",
  "https://www.compassitc.com/blog/pci-dss-compensating-controls-when-how-to-use-them",
  "Assessors' practice; no single authority",
];

/** Guidance for each criterion. Source: facts 1.2 and 1.5. */
export const CRITERIA_GUIDANCE: Readonly<Record<CriterionId, CriterionGuidance>> = {
  intent: {
    looksFor: [
      "The aim of the requirement in your own words, and then which control reaches which part of it.",
      "The same strictness: as often, for as many people and systems, with as little discretion as the requirement leaves.",
      "Nothing of the aim left without a control.",
    ],
    criticised: [
      "One control that is said to answer a whole chapter.",
      "The controls described once more, without a word about the aim.",
    ],
    good: "The requirement keeps guessed passwords from ever working. C1 makes a guess worthless, because sign-in also takes a hardware key; C2 ends a session from an unknown place within a minute. Both hold for every one of the two emergency users, without exception, as a lockout would.",
    poor: "Our controls meet the intent of the requirement.",
    poorBecause: "It claims what it should show: no aim, no control and no comparison.",
  },
  defence: {
    looksFor: [
      "The risk that the requirement is there for, and what an attacker could still do with your controls in place.",
      "Controls that prevent, and not only notice: detection counts as much as the response behind it.",
      "A comparison with the requirement itself, step by step, for the objective that PCI DSS states for it where there is one.",
    ],
    criticised: [
      "Detective controls alone, with nobody who reacts in time.",
      "Equal on paper: the control exists, and covers half of the systems.",
    ],
    good: "A lockout stops a guess after six attempts. With C1 an attacker who knows the password still lacks the hardware key, so the number of attempts does not matter; the one way that is left, a stolen key with its PIN, locks itself after eight attempts.",
    poor: "We log all failed attempts and review the logs monthly.",
    poorBecause: "A month lies between the attack and the reaction: the requirement prevents, this only records.",
  },
  beyond: {
    looksFor: [
      "For each control the requirement it comes from: none, another one, or this one.",
      "That nothing counts which PCI DSS asks for this very item anyway.",
      "Where an existing control is used, what is new about it or what is added to it.",
    ],
    criticised: [
      "Existing controls with a new name.",
      "Encryption of administrators' passwords in place of other rules for passwords: both are owed.",
    ],
    good: "C1 is new: PCI DSS asks for multi-factor authentication into the environment, not for a key bound to hardware on this console. C2 comes from 10.4 and is not owed for 8.3.4; here it runs at once instead of daily, which is what we add.",
    poor: "All users have unique IDs and strong passwords.",
    poorBecause: "Both are owed for the same system already, so neither goes beyond anything.",
  },
  added_risk: {
    looksFor: [
      "Each risk of the row “Identified risk”, with the control that answers it.",
      "Why what is left is acceptable, in numbers or in steps, and who accepted it.",
      "Risks that the controls themselves bring along.",
    ],
    criticised: [
      "A risk row that only repeats that the requirement is not met.",
      "A rating without a reason, or the same one for every risk.",
    ],
    good: "Without a lockout an attacker may guess without end (R1): C1 takes the value from a guess. The hardware keys can be lost (R2): two are kept in separate safes and inventoried each quarter (M2). Left is the theft of key and PIN together, rated low because both safes would have to be opened.",
    poor: "The risk is low.",
    poorBecause: "Low compared with what, and for whom? No risk is named and no control answers it.",
  },
  now_and_future: {
    looksFor: [
      "Since when the controls work, with evidence from before this assessment.",
      "What keeps them working: tasks with owner, interval and a reaction to failure.",
      "That no task which was missed in the past is to be made good by them.",
    ],
    criticised: [
      "Controls that start next quarter.",
      "A missed scan or review that a worksheet is to repair: report it as it is.",
      "No end: nobody says when the requirement itself will be met, or why never.",
    ],
    good: "C1 and C2 have worked since 3 March; T1 and T2 show it for the whole period. The security lead tests both each month (M1), and an alert that does not arrive opens a ticket within a day. Nothing was missed in the period.",
    poor: "The controls will be reviewed as needed.",
    poorBecause: "Nobody is named, no interval, and nothing says that they work today.",
  },
};
