import { customizedApproachBarrier } from "@/lib/domain/catalogue/eligibility";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import type { AssessmentType } from "@/lib/domain/engagement/rules";
import { FREQUENCY_REQUIREMENTS } from "@/lib/domain/records/frequencies";
import type { RecordKind } from "@/lib/domain/records/kinds";
import { DISPOSITION_LABELS, type Disposition } from "@/lib/domain/workflow/dispositions";
import { type RequirementDocument, standing } from "@/lib/domain/workflow/documents";

/** What opening a record depends on. */
export interface OpeningContext {
  readonly requirement: Requirement;
  readonly assessmentType: AssessmentType;
  readonly disposition: Disposition;
  /** Whether a QSA's company or an ISA takes part: nobody else assesses a customized approach. */
  readonly hasAssessor: boolean;
  readonly documents: readonly RequirementDocument[];
}

/**
 * Why a kind of record may not be opened for a requirement, in words; null when it may. The customized approach has a flag
 * of its own in the catalogue, which is not the one that bars compensating controls. Sources: facts 1.3, 1.4 and 1.6.
 */
export function openingBarrier(kind: RecordKind, context: OpeningContext): string | null {
  switch (kind) {
    case "customized_approach":
      return chosenBarrier("customized_approach", context) ?? customizedBarrier(context);
    case "legal_exception":
      return chosenBarrier("legal_exception", context);
    case "risk_analysis":
      return analysisBarrier(context);
  }
}

/** A record of the customized approach or of a legal exception belongs to the choice of the same name. */
function chosenBarrier(wanted: Disposition, { disposition }: OpeningContext): string | null {
  if (disposition === wanted) return null;
  return `Choose “${DISPOSITION_LABELS[wanted]}” for the requirement first.`;
}

function customizedBarrier({ requirement, assessmentType, hasAssessor, documents }: OpeningContext): string | null {
  const barrier = customizedApproachBarrier(requirement, assessmentType);
  if (barrier) return barrier;
  if (standing(documents, "ccw")) {
    return "A requirement cannot have a compensating control and the customized approach at once. Withdraw its worksheet first.";
  }
  if (hasAssessor) return null;
  return "A customized approach is assessed by a QSA or an ISA. Invite the assessor company, or give somebody of yours the role of the ISA, first.";
}

function analysisBarrier({ requirement, disposition }: OpeningContext): string | null {
  const { version, number } = requirement;
  if (isLegacy(version)) return `PCI DSS ${version} knows no targeted risk analysis.`;
  if (!FREQUENCY_REQUIREMENTS.includes(number)) {
    return `${number} does not let you set a frequency by a targeted risk analysis. Those that do are ${FREQUENCY_REQUIREMENTS.join(", ")}.`;
  }
  return disposition === "not_applicable"
    ? "The requirement is down as not applicable, so nothing is done for it."
    : null;
}
