import { isLegacy, type StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** The kinds of assessment: a report on compliance, or a self-assessment questionnaire. */
export const ASSESSMENT_TYPES = ["ROC", "SAQ"] as const;

/** A kind of assessment. */
export type AssessmentType = (typeof ASSESSMENT_TYPES)[number];

/** Facts 1.4: the customized approach exists only in a ROC under 4.0.1; SAQ users may not use it. */
export function customizedApproachPossible(version: StandardVersion, type: AssessmentType): boolean {
  return version === "4.0.1" && type === "ROC";
}

/** The mark that every page and PDF of an old version carries; null for the current one. */
export function legacyMark(version: StandardVersion): string | null {
  return isLegacy(version) ? `Legacy, not reportable: PCI DSS ${version} was retired on 31 March 2024.` : null;
}
