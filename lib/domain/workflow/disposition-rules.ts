import type { WorksheetTarget } from "@/lib/domain/catalogue/eligibility";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type AssessmentType, customizedApproachPossible } from "@/lib/domain/engagement/rules";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { documentInTheWay, type RequirementDocument } from "@/lib/domain/workflow/documents";

/** What an entity writes with its choice. Days are `YYYY-MM-DD`; null, empty and absent mean not given. */
export interface DispositionDetails {
  /** What shows that the requirement is met, why it does not apply, or which law forbids meeting it. */
  readonly note?: string | null;
  /** Who carries the fix, in words: it may be a person or a team outside the engagement. */
  readonly fixOwner?: string | null;
  /** The day by which the fix is done. */
  readonly fixDueOn?: string | null;
}

/** The requirement and engagement that the choice is made in. */
export interface DispositionContext {
  readonly standardVersion: StandardVersion;
  readonly assessmentType: AssessmentType;
  /** Whether a worksheet may be opened for the number, as catalogue/eligibility judged it. */
  readonly eligibility: WorksheetTarget["kind"];
  /** What the row says now. */
  readonly current: Disposition;
  /** The row's worksheet and records, as far as they were begun. */
  readonly documents: readonly RequirementDocument[];
}

/** A detail that a disposition cannot do without, and the words that ask for it. */
export interface RequiredDetail {
  readonly field: keyof DispositionDetails;
  readonly message: string;
}

/** The code says which rule; `field` names the missing detail. */
export interface DispositionRefusal {
  readonly code:
    | "detail_missing"
    | "document_in_the_way"
    | "not_eligible_for_worksheet"
    | "grouping"
    | "through_the_gate"
    | "customized_only_in_roc";
  readonly field?: keyof DispositionDetails;
  readonly message: string;
}

const NOTHING: readonly RequiredDetail[] = [];

const REQUIRED_DETAILS: Readonly<Record<Disposition, readonly RequiredDetail[]>> = {
  undecided: NOTHING,
  met: [{ field: "note", message: "Say in a sentence how the requirement is met." }],
  fix_planned: [
    { field: "fixOwner", message: "Name who carries the fix." },
    { field: "fixDueOn", message: "Give the day by which the fix is done." },
  ],
  not_applicable: [{ field: "note", message: "Give the reason why the requirement does not apply." }],
  compensating_control: NOTHING,
  customized_approach: NOTHING,
  legal_exception: [{ field: "note", message: "Give the reason: name the law that forbids meeting the requirement." }],
};

/** The details that a disposition cannot do without. */
export function requiredDetails(disposition: Disposition): readonly RequiredDetail[] {
  return REQUIRED_DETAILS[disposition];
}

/**
 * Judges a choice. The rule for a document that was begun: it is never dropped by choosing something else.
 * While it is not withdrawn the change is refused, so that leaving it is a decision with a reason of its own.
 * A withdrawn document stays readable with the row, and reopening it takes it up again.
 * A compensating control is never chosen here: opening the worksheet asks the eligibility gate, and makes the choice.
 * Choosing anew what is chosen already is allowed, since that is how details are edited.
 */
export function checkDisposition(
  next: Disposition,
  details: DispositionDetails,
  context: DispositionContext,
): Result<null, DispositionRefusal> {
  const eligibility = checkEligibility(next, context);
  if (eligibility) return err(eligibility);
  const missing = REQUIRED_DETAILS[next].find(({ field }) => !details[field]?.trim());
  if (missing) return err({ code: "detail_missing", ...missing });
  return ok(null);
}

function checkEligibility(next: Disposition, context: DispositionContext): DispositionRefusal | null {
  const inTheWay = documentInTheWay(next, context.documents);
  if (inTheWay) return { code: "document_in_the_way", message: inTheWay };
  if (next === "compensating_control") return checkWorksheet(context.eligibility) ?? checkGate(context);
  if (next === "customized_approach" && !customizedApproachPossible(context.standardVersion, context.assessmentType)) {
    return {
      code: "customized_only_in_roc",
      message: "The customized approach exists only in a report on compliance (ROC) under PCI DSS 4.0.1.",
    };
  }
  return null;
}

function checkGate({ current, documents }: DispositionContext): DispositionRefusal | null {
  if (current === "compensating_control") return null;
  return {
    code: "through_the_gate",
    message: !documents.some(({ kind }) => kind === "ccw")
      ? "A compensating control is chosen by opening its worksheet, which asks first whether one is allowed."
      : "This requirement’s worksheet was withdrawn. Reopen it to take it up again.",
  };
}

function checkWorksheet(eligibility: WorksheetTarget["kind"]): DispositionRefusal | null {
  switch (eligibility) {
    case "ok":
      return null;
    case "grouping":
      return {
        code: "grouping",
        message: "This number only groups others. Choose the requirement below it that cannot be met.",
      };
    case "refused":
      return {
        code: "not_eligible_for_worksheet",
        message: "No compensating control is accepted for this requirement: keeping this data is not permitted at all.",
      };
    case "unknown":
      return { code: "not_eligible_for_worksheet", message: "The catalogue of this version has no such requirement." };
  }
}
