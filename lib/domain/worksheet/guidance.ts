import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type AcceptanceCriterion, criteriaFor } from "@/lib/domain/worksheet/criteria";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What helps to write a section. All words and examples are ours; the company in them is invented. */
export interface SectionGuidance {
  /** What the row asks for, where the versions agree. */
  readonly asks: string;
  /** What a version asks for in particular; empty when nothing. */
  readonly asksIn: Readonly<Record<StandardVersion, string>>;
  /** What assessors criticise in this row. */
  readonly criticised: readonly string[];
  readonly good: string;
  readonly poor: string;
  /** Why the poor example is poor, in a sentence. */
  readonly poorBecause: string;
  readonly sources: readonly string[];
}

const APPENDIX_C = "PCI DSS v4.0.1 and v3.2.1, Appendix C";
const APPENDIX_B = "PCI DSS v4.0.1, Appendix B";
const CRITICISM = "https://www.compassitc.com/blog/pci-dss-compensating-controls-when-how-to-use-them";
const BOILERPLATE = "https://new.mastcgroup.com/insights/pci-dss-v4-customised-approach";
const PRACTICE = "Assessors' practice; no single authority";

const GUIDANCE: Readonly<Record<SectionKey, SectionGuidance>> = {
  constraints: {
    asks: "What in your technology or business stops you from meeting the requirement as it is written. Name the thing that cannot be changed, say who can confirm that, and what alternatives you looked at.",
    asksIn: {
      "4.0.1": "The constraint has to be legitimate and documented: attach what shows it.",
      "3.2.1": "A risk analysis has to have been done before, and a business constraint has to be on record.",
    },
    criticised: [
      "Cost, time or convenience given as the constraint: that reads as unwilling, not unable.",
      "A setting that could simply be switched on. Fix it instead.",
      "A law as the constraint: that is a legal exception, reported as not in place.",
      "A task that was missed. No compensating control mends the past.",
    ],
    good: "The sign-in service of the cloud provider has no setting that locks an ID after failed attempts (A1: policy output, A2: reply of the provider's support). Two emergency users have to sign in there, because an outage of our identity provider would otherwise leave nobody able to disable a key (A3: continuity plan).",
    poor: "Implementing account lockout would be too expensive this year.",
    poorBecause: "It says that one does not want to, and shows nothing.",
    sources: [APPENDIX_C, CRITICISM],
  },
  definition: {
    asks: "Each control that stands in for the requirement: what it does, where, since when, and how together they reach the requirement's aim and deal with the added risk. Number them (C1, C2 …) and say for each why it is more than you owe already.",
    asksIn: { "4.0.1": "This row comes second.", "3.2.1": "This row comes fourth, after the identified risk." },
    criticised: [
      "Existing controls with a new name: equal to what is owed is not enough.",
      "One control for a whole chapter of the standard.",
      "Only detective controls: noticing is not the same defence as preventing.",
      "No word on how the controls reach the aim.",
    ],
    good: "C1 (new, preventive): at the fifth failed sign-in within 30 minutes a function deletes the user's password. Restoring it takes two people and an identity check by phone. That is stricter than the requirement's ten tries.",
    poor: "We use MFA, strong passwords and logging.",
    poorBecause: "All of that is required anyway, and nothing says how it stops guessing.",
    sources: [APPENDIX_C, APPENDIX_B, PRACTICE],
  },
  objective: {
    asks: "What the requirement is there to achieve, in your own words, and what your controls achieve. An assessor compares the two.",
    asksIn: {
      "4.0.1":
        "You may take the requirement's customized approach objective as the yardstick, or its purpose where it has none.",
      "3.2.1": "The intent is described in the guidance beside the requirement.",
    },
    criticised: [
      "The requirement's text written out again: that shows no understanding of what it is for.",
      "Only the first half: what the controls achieve is missing.",
    ],
    good: "Aim: an attacker cannot find a login factor by trying. Reached: trying ends after five attempts, and a password that was found still gives no access to the keys, because they can be used only from named endpoints.",
    poor: "Invalid attempts must be limited by locking out the user ID.",
    poorBecause: "It repeats the requirement and says nothing of the controls.",
    sources: [APPENDIX_C, APPENDIX_B],
  },
  identifiedRisk: {
    asks: "The risk that is there because the requirement is not met: the threat, what it is aimed at, how likely and how bad it is, and what is left once the controls work. Each risk names the controls that answer it.",
    asksIn: { "4.0.1": "", "3.2.1": "" },
    criticised: [
      "No risk at all: “none, because of our controls”.",
      "A risk that no control answers.",
      "Nobody has accepted what is left.",
    ],
    good: "R1: between the fifth failure and the lock there are 40 to 95 seconds (measured) in which more guesses are possible. Likelihood low (passwords of 20 random characters), impact high. Answered by C2. Left: low, accepted by the CISO on 1 September.",
    poor: "The risk is low.",
    poorBecause: "It names no threat, nothing at stake, and no reason.",
    sources: [APPENDIX_C, APPENDIX_B, PRACTICE],
  },
  validation: {
    asks: "How the controls were tested: who, when, by which method, on which sample, with what result. Whoever tests is not who runs the control.",
    asksIn: { "4.0.1": "", "3.2.1": "" },
    criticised: [
      "“Reviewed by IT”: no tester, no day, no method.",
      "A test from before the last change, or from before this assessment's year.",
      "Only the good case was tried.",
    ],
    good: "T1: on 14 September Priya N. (internal audit) made six wrong sign-ins with each of the two users. Both were locked after the fifth, within 95 seconds; the page to the operations centre came in 2 minutes. Log extracts attached.",
    poor: "The control was reviewed and works as intended.",
    poorBecause: "Nobody could repeat it, or tell what was done.",
    sources: [APPENDIX_C, PRACTICE],
  },
  maintenance: {
    asks: "What keeps the controls working after the assessment: tasks with an owner and a frequency, how a failure is noticed, what happens then, and when the constraint is looked at anew.",
    asksIn: {
      "4.0.1": "The assessor judges every compensating control anew at each yearly assessment.",
      "3.2.1": "The assessor judges every compensating control anew at each yearly assessment.",
    },
    criticised: [
      "No owner, or a team that does not exist any more.",
      "No end: neither a day of review nor a plan to meet the requirement itself.",
      "Last year's text with a new date.",
    ],
    good: "M1: on the first Monday of each month the platform team makes six wrong sign-ins in the test account; a lock that does not come within two minutes opens an incident. M2: the constraint is checked with the provider each June.",
    poor: "Controls are monitored continuously.",
    poorBecause: "It names no person, no rhythm and no consequence.",
    sources: [APPENDIX_C, APPENDIX_B, BOILERPLATE],
  },
};

/** The guidance of a section with the criteria that it answers in a version. */
export interface GuidanceFor extends Omit<SectionGuidance, "asksIn"> {
  /** What this version asks for in particular; empty when nothing. */
  readonly inThisVersion: string;
  readonly criteria: readonly AcceptanceCriterion[];
}

/** What helps to write a section of a worksheet under a version of PCI DSS. */
export function guidanceFor(section: SectionKey, version: StandardVersion): GuidanceFor {
  const { asksIn, ...guidance } = GUIDANCE[section];
  return { ...guidance, inThisVersion: asksIn[version], criteria: criteriaFor(section, version) };
}
