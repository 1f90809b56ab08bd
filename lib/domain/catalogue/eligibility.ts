import { ARTICLE_ROW_IDS } from "@/lib/domain/catalogue/article";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import { find, leavesBelow } from "@/lib/domain/catalogue/tree";

/** The warning of rule L01 for a number with sub-items, in words. */
export const L01_WARNING =
  "L01: this number has sub-items. A worksheet for all of them hides which one is not met; prefer the lowest number.";

/** What opening a worksheet for a number leads to. */
export type WorksheetTarget =
  | {
      readonly kind: "ok";
      readonly requirement: Requirement;
      readonly warning: { readonly rule: "L01"; readonly text: string } | null;
    }
  /** A grouping is never a worksheet: choose one of its leaves. */
  | {
      readonly kind: "grouping";
      readonly requirement: Requirement;
      readonly leaves: readonly Requirement[];
    }
  /** Sensitive authentication data kept after authorisation cannot be compensated. */
  | {
      readonly kind: "refused";
      readonly requirement: Requirement;
      readonly reason: string;
    }
  | { readonly kind: "unknown" };

const NO_CCW_REASON =
  "Sensitive authentication data kept after authorisation cannot be compensated: it may not be kept, encrypted or not. Remove it.";

/**
 * Says whether a worksheet may be opened for a number of one version. In 3.2.1 the article's own groupings
 * (1.3, 8.3, 10.2, 10.3, 10.5, A2) may stay, with the warning of L01, as may leaves that have sub-items (3.5).
 * @param requirements all requirements of that version
 */
export function worksheetTarget(requirements: readonly Requirement[], number: string): WorksheetTarget {
  const requirement = find(requirements, number);
  if (requirement === undefined) return { kind: "unknown" };
  if (requirement.noCcw) return { kind: "refused", requirement, reason: NO_CCW_REASON };
  const legacy = isLegacy(requirement.version);
  if (!requirement.leaf && !(legacy && isArticleGrouping(number))) {
    const leaves = leavesBelow(requirements, number).filter((leaf) => !leaf.noCcw);
    return { kind: "grouping", requirement, leaves };
  }
  const hasSubItems = requirements.some(({ parent }) => parent === number);
  return {
    kind: "ok",
    requirement,
    warning: legacy && hasSubItems ? { rule: "L01", text: L01_WARNING } : null,
  };
}

function isArticleGrouping(number: string): boolean {
  return (ARTICLE_ROW_IDS as readonly string[]).includes(number);
}

/** Why the customized approach is not open for a requirement in an assessment, or null when it is. */
export function customizedApproachBarrier(requirement: Requirement, assessmentType: "ROC" | "SAQ"): string | null {
  if (isLegacy(requirement.version)) return "PCI DSS 3.2.1 knows no customized approach.";
  if (assessmentType === "SAQ")
    return "The customized approach needs a report on compliance; it is not open in a self-assessment.";
  if (!requirement.leaf) return "A grouping is not assessed itself. Choose one of its requirements.";
  if (requirement.customizedApproachEligible !== true)
    return "The standard excludes this requirement from the customized approach.";
  return null;
}
