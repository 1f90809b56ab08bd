import { isLegacy, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type AssessmentType, customizedApproachPossible } from "@/lib/domain/engagement/rules";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** What an entity writes with its choice. Dates are calendar days `YYYY-MM-DD`; absent fields were not given. */
export interface DispositionDetails {
  /** What shows that the requirement is met. */
  readonly note?: string;
  /** Where the proof is; optional with `met`. */
  readonly evidenceUrl?: string;
  /** Why the requirement does not apply, or which law forbids meeting it. */
  readonly reason?: string;
  /** Who carries the fix: a person's id. */
  readonly ownerId?: string;
  /** The day by which the fix is done. */
  readonly dueOn?: string;
}

/** The requirement and engagement that the choice is made in. */
export interface DispositionContext {
  readonly standardVersion: StandardVersion;
  readonly assessmentType: AssessmentType;
  /** A grouping has requirements below it and is never answered by a worksheet of its own in 4.0.1. */
  readonly isGrouping: boolean;
  /** The catalogue says that no compensating control is accepted here (facts 1.3). */
  readonly noCompensatingControl: boolean;
  /** The state of the row's worksheet, or null when none was begun. */
  readonly worksheetState: WorksheetState | null;
}

/** The code says which rule; `field` names the missing detail. */
export interface DispositionRefusal {
  readonly code:
    | "detail_missing"
    | "worksheet_in_the_way"
    | "not_eligible_for_worksheet"
    | "grouping"
    | "customized_only_in_roc";
  readonly field?: keyof DispositionDetails;
  readonly message: string;
}

const REQUIRED_DETAILS: Readonly<Record<Disposition, readonly (keyof DispositionDetails)[]>> = {
  undecided: [],
  met: ["note"],
  fix_planned: ["ownerId", "dueOn"],
  not_applicable: ["reason"],
  compensating_control: [],
  customized_approach: [],
  legal_exception: ["reason"],
};

const DETAIL_MESSAGES: Readonly<Record<keyof DispositionDetails, string>> = {
  note: "Say in a sentence how the requirement is met.",
  evidenceUrl: "Give the address of the evidence.",
  reason: "Give the reason; the assessor reads it.",
  ownerId: "Name the person who carries the fix.",
  dueOn: "Give the day by which the fix is done.",
};

/** The details that a disposition cannot do without. */
export function requiredDetails(disposition: Disposition): readonly (keyof DispositionDetails)[] {
  return REQUIRED_DETAILS[disposition];
}

/**
 * Judges a choice. The rule for a worksheet that was begun: it is never dropped by choosing something else.
 * While it is not withdrawn the change is refused, so that leaving it is a decision with a reason of its own.
 * A withdrawn worksheet stays readable with the row, and a return to `compensating_control` takes it up again.
 * Choosing anew what is chosen already is allowed, since that is how details are edited.
 */
export function checkDisposition(
  next: Disposition,
  details: DispositionDetails,
  context: DispositionContext,
): Result<null, DispositionRefusal> {
  const eligibility = checkEligibility(next, context);
  if (eligibility) return err(eligibility);
  for (const field of REQUIRED_DETAILS[next]) {
    if (!details[field]?.trim())
      return err({
        code: "detail_missing",
        field,
        message: DETAIL_MESSAGES[field],
      });
  }
  return ok(null);
}

function checkEligibility(next: Disposition, context: DispositionContext): DispositionRefusal | null {
  const worksheetStands = context.worksheetState !== null && context.worksheetState !== "withdrawn";
  if (worksheetStands && next !== "compensating_control") {
    return {
      code: "worksheet_in_the_way",
      message:
        next === "customized_approach"
          ? "A requirement cannot have a compensating control and the customized approach at once. Withdraw its worksheet first."
          : "This requirement has a worksheet. Withdraw it first, with a reason; its text stays readable.",
    };
  }
  if (next === "compensating_control") return checkWorksheet(context);
  if (next === "customized_approach" && !customizedApproachPossible(context.standardVersion, context.assessmentType)) {
    return {
      code: "customized_only_in_roc",
      message: "The customized approach exists only in a report on compliance (ROC) under PCI DSS 4.0.1.",
    };
  }
  return null;
}

function checkWorksheet(context: DispositionContext): DispositionRefusal | null {
  if (context.noCompensatingControl) {
    return {
      code: "not_eligible_for_worksheet",
      message: "No compensating control is accepted for this requirement: keeping this data is not permitted at all.",
    };
  }
  // In a legacy engagement the article's own groupings may stay; the page warns instead (rule L01).
  if (context.isGrouping && !isLegacy(context.standardVersion)) {
    return {
      code: "grouping",
      message: "This number only groups others. Choose the requirement below it that cannot be met.",
    };
  }
  return null;
}
