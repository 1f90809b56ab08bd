import type { FinalCheckId } from "@/lib/domain/catalogue/article";
import type { WorkbookRequirement } from "@/lib/domain/keys/workbook";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

/** The outcome of one of the seven checks; its words are the catalogue's. */
export interface FinalCheckOutcome {
  readonly check: FinalCheckId;
  readonly outcome: "pass" | "fail" | "not answered";
  /** What in particular failed; null when there is nothing to add. */
  readonly detail: string | null;
}

/** A group membership review is stale after this many months (7.2.4 of 4.0.1). */
const REVIEW_MONTHS = 6;

/** Dispositions that answer a trigger. A planned fix is not an answer yet. */
const ANSWERS: readonly Disposition[] = [
  "met",
  "not_applicable",
  "compensating_control",
  "customized_approach",
  "legal_exception",
];

/**
 * Evaluates the seven checks. FT4 needs the workbook: the triggered requirements and what was decided on each;
 * a requirement without a decision counts as undecided.
 */
export function finalChecks(
  answers: ScopeAnswers,
  triggered: readonly WorkbookRequirement[],
  dispositions: ReadonlyMap<string, Disposition>,
): FinalCheckOutcome[] {
  return [
    outcome("FT1", answers.oneWorkloadPerKey),
    outcome("FT2a", answers.encryptDecryptApart && answers.encryptDecryptApart !== "not_apart"),
    makersApart(answers),
    federationInBounds(answers),
    outcome("FT3b", negated(answers.outsideDevicesDecrypt)),
    outcome(
      "FT3c",
      answers.chdOnWorkstations === false ? true : answers.chdOnWorkstations && answers.workstationsInScope,
    ),
    complete(triggered, dispositions),
  ];
}

function outcome(check: FinalCheckId, passes: boolean | undefined, detail: string | null = null): FinalCheckOutcome {
  if (passes === undefined) return { check, outcome: "not answered", detail: null };
  return { check, outcome: passes ? "pass" : "fail", detail: passes ? null : detail };
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

function makersApart(answers: ScopeAnswers): FinalCheckOutcome {
  const parts = [answers.keyMakersCannotDecrypt, answers.keyPolicyChangesAlarmed];
  const detail =
    answers.keyMakersCannotDecrypt === false
      ? "Those who make keys can decrypt."
      : "A change of a key policy raises no alarm.";
  return outcome("FT2b", conjunction(parts), detail);
}

function federationInBounds(answers: ScopeAnswers): FinalCheckOutcome {
  const { decryptPeople: people, decryptPeopleLimit: limit, membershipReviewedMonthsAgo: months } = answers;
  const within = people === undefined || limit === undefined ? undefined : people <= limit;
  const recent = months === undefined ? undefined : months <= REVIEW_MONTHS;
  const details = [
    within === false ? `${people} people can decrypt, ${limit} are agreed.` : "",
    recent === false ? `The membership was last reviewed ${months} months ago.` : "",
  ];
  return outcome("FT3a", conjunction([within, recent]), details.filter((text) => text !== "").join(" "));
}

function complete(
  triggered: readonly WorkbookRequirement[],
  dispositions: ReadonlyMap<string, Disposition>,
): FinalCheckOutcome {
  const open = triggered.filter(({ number }) => !ANSWERS.includes(dispositions.get(number) ?? "undecided"));
  return outcome("FT4", open.length === 0, `Undecided: ${open.map(({ number }) => number).join(", ")}.`);
}

/** One no decides; otherwise every part has to be known. */
function conjunction(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}
