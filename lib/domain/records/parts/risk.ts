import type { RecordPartKey } from "@/lib/domain/records/keys";
import { RECORD_HINTS } from "@/lib/domain/records/outline";
import type { RecordPartShape } from "@/lib/domain/records/shape";

const SOURCES = [
  "PCI DSS v4.0.1, 12.3.2",
  "PCI DSS v4.0.1, Appendix E: targeted risk analysis (E2)",
  "Assessors' practice; no single authority",
];

type RiskPart = Extract<RecordPartKey, `risk${string}`>;

/** The targeted risk analysis of the customized approach. Source: facts 1.6, E2. */
export const RISK: Readonly<Record<RiskPart, RecordPartShape>> = {
  riskMischief: {
    hint: RECORD_HINTS.riskMischief,
    text: {
      asks: "The event that the requirement prevents, who or what would bring it about, and what it would lead to for account data.",
      criticised: "The mischief put as “the requirement is not met”.",
      good: "An attacker who has taken over an office machine connects straight to a host that stores card data, and copies it out over the same way.",
      poor: "Unauthorised access.",
    },
    fields: [],
    list: null,
    sources: SOURCES,
  },
  riskSolution: {
    hint: RECORD_HINTS.riskSolution,
    text: {
      asks: "How the controls prevent the mischief, step by step.",
      criticised: "A description of the product.",
      good: "Without a session C1 has no way open, so the taken-over machine reaches nothing. With one it reaches a single host, recorded, for an hour.",
      poor: "The solution is secure.",
    },
    fields: [
      {
        name: "controls",
        label: "Controls of the matrix",
        input: "line",
        asks: "The labels of the controls in the matrix that this rests on.",
        criticised: "Controls that are not in the matrix.",
        good: "C1, C2 and C3",
        poor: "All",
      },
      {
        name: "changed",
        label: "What is done otherwise than as written",
        input: "text",
        asks: "What the requirement's text asks for, in your own words, and what you do in its place.",
        criticised: "Leaving out what is not done.",
        good: "There is no standing rule set between the two networks that is reviewed each six months: rules exist only for the length of a session.",
        poor: "We use a modern architecture.",
      },
    ],
    list: null,
    sources: SOURCES,
  },
  riskLikelihood: {
    hint: RECORD_HINTS.riskLikelihood,
    text: {
      asks: "Your reasoning: how likely it is that the mischief happens with these controls in place, and why.",
      criticised: "A number without a reason.",
      good: "Lower than under the defined approach: the attacker needs a machine, an approved ticket and a second person at once. Two of the three were never seen together in the incidents of the last three years (A6).",
      poor: "Low.",
    },
    fields: [
      {
        name: "factors",
        label: "What drives it, and why it may still happen",
        input: "text",
        asks: "The factors that make it more or less likely, and the ways in which it may happen in spite of the controls.",
        criticised: "“It cannot happen.”",
        good: "An approver who is deceived; a fault of the broker; 40 administrators with tickets each week.",
        poor: "None.",
      },
      {
        name: "compared",
        label: "Compared with the defined approach",
        input: "text",
        asks: "Whether it is more or less likely than if the requirement were met as written, and what makes the difference.",
        criticised: "No comparison at all.",
        good: "Less likely: standing rules stay open for up to six months between reviews, a session for an hour.",
        poor: "Same.",
      },
    ],
    list: null,
    sources: SOURCES,
  },
  riskImpact: {
    hint: RECORD_HINTS.riskImpact,
    text: {
      asks: "What changes in the impact by your controls: how they lower it, or let you notice sooner.",
      criticised: "An impact that does not name the data at stake.",
      good: "A session reaches one host of six, so at most a sixth of the stored numbers; the recording shows what was read, and the alarm comes within five minutes.",
      poor: "The impact is limited.",
    },
    fields: [
      {
        name: "pansStored",
        label: "Account numbers (PANs) stored and at risk",
        input: "line",
        asks: "How many are stored where the mischief would reach. Count or estimate, and say which.",
        criticised: "“Some”.",
        good: "About 1.2 million (counted on 1 May 2026)",
        poor: "Some",
      },
      {
        name: "pansYearly",
        label: "Account numbers (PANs) handled in a year and at risk",
        input: "line",
        asks: "How many pass through in twelve months.",
        criticised: "Transactions counted in place of account numbers, without saying so.",
        good: "About 9 million (estimate from the settlement files of 2025)",
        poor: "Many",
      },
    ],
    list: null,
    sources: SOURCES,
  },
};
