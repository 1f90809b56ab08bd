import { KIND_WORDS, type WorksheetKind } from "@/lib/domain/records/kinds";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** A document of a requirement: its worksheet, or a record. There is one of each kind at most. */
export interface RequirementDocument {
  readonly kind: WorksheetKind;
  readonly state: WorksheetState;
}

/** The document of a kind that stands: one that was withdrawn does not. */
export function standing<D extends RequirementDocument>(documents: readonly D[], kind: WorksheetKind): D | null {
  return documents.find((one) => one.kind === kind && one.state !== "withdrawn") ?? null;
}

/** The choice that each kind of document belongs to; null for one that goes with any. */
export const DISPOSITION_OF: Readonly<Record<WorksheetKind, Disposition | null>> = {
  ccw: "compensating_control",
  customized_approach: "customized_approach",
  legal_exception: "legal_exception",
  risk_analysis: null,
};

/** The kind of document that shows how a requirement with this choice is dealt with; null where none is written. */
export function kindOf(disposition: Disposition): WorksheetKind | null {
  if (disposition === "compensating_control") return "ccw";
  return disposition === "customized_approach" || disposition === "legal_exception" ? disposition : null;
}

/**
 * Which document stands in the way of a choice, in words; null when none does. What was begun is never dropped by choosing
 * something else: leaving it is a decision with a reason of its own.
 */
export function documentInTheWay(next: Disposition, documents: readonly RequirementDocument[]): string | null {
  const kept = (["ccw", "customized_approach", "legal_exception"] as const).find(
    (kind) => standing(documents, kind) && DISPOSITION_OF[kind] !== next,
  );
  if (kept === "ccw") {
    return next === "customized_approach"
      ? "A requirement cannot have a compensating control and the customized approach at once. Withdraw its worksheet first."
      : "This requirement has a worksheet. Withdraw it first, with a reason; its text stays readable.";
  }
  if (kept)
    return `This requirement has a ${KIND_WORDS[kept]}. Withdraw it first, with a reason; its text stays readable.`;
  if (next === "not_applicable" && standing(documents, "risk_analysis")) {
    return `This requirement has a ${KIND_WORDS.risk_analysis}. Withdraw it first, with a reason; its text stays readable.`;
  }
  return null;
}
