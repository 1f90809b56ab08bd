import type { EngagementRole } from "@/lib/domain/access/roles";
import { SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";
import { isLegacy, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { daysBetween, isCalendarDay } from "@/lib/domain/dates";

/** The kinds of assessment: a report on compliance, or a self-assessment questionnaire. */
export const ASSESSMENT_TYPES = ["ROC", "SAQ"] as const;

/** A kind of assessment. */
export type AssessmentType = (typeof ASSESSMENT_TYPES)[number];

/** The settings of an engagement that its rules look at. Days are `YYYY-MM-DD`. */
export interface EngagementSettings {
  readonly standardVersion: StandardVersion;
  readonly assessmentType: AssessmentType;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly internalReview: boolean;
  readonly hasAssessorCompany: boolean;
}

/** A setting that cannot stay as it is (`error`), or that one should know about (`warning`). */
export interface EngagementNotice {
  readonly severity: "error" | "warning";
  readonly field: keyof EngagementSettings;
  readonly message: string;
}

/** Facts 1.4: the customized approach exists only in a ROC under 4.0.1; SAQ users may not use it. */
export function customizedApproachPossible(version: StandardVersion, type: AssessmentType): boolean {
  return version === "4.0.1" && type === "ROC";
}

/** The roles that decide on a worksheet: the assessor company's lead, or the entity's ISA or officer without one. */
export function decidingRoles(hasAssessorCompany: boolean): readonly EngagementRole[] {
  return hasAssessorCompany ? ["qsa_lead"] : SELF_DECIDER_ROLES;
}

/** The mark that every page and PDF of an old version carries; null for the current one. */
export function legacyMark(version: StandardVersion): string | null {
  return isLegacy(version) ? `Legacy, not reportable: PCI DSS ${version} was retired on 31 March 2024.` : null;
}

/** Judges the settings of an engagement. No error means that they can be saved. */
export function engagementNotices(settings: EngagementSettings): readonly EngagementNotice[] {
  const notices: EngagementNotice[] = [];
  const say = (severity: EngagementNotice["severity"], field: keyof EngagementSettings, message: string) =>
    notices.push({ severity, field, message });

  for (const field of ["periodStart", "periodEnd", "dueOn"] as const) {
    const day = settings[field];
    if (!isCalendarDay(day)) say("error", field, "This is not a day of the calendar.");
  }
  if (notices.length > 0) return notices;

  const { periodStart, periodEnd, dueOn } = settings;
  const length = daysBetween(periodStart, periodEnd);
  if (length < 0) say("error", "periodEnd", "The period ends before it begins.");
  // A leap year has 366 days; the first and the last day both count.
  else if (length > 365) say("warning", "periodEnd", "The period is longer than a year; assessments are yearly.");
  if (daysBetween(periodStart, dueOn) < 0) say("error", "dueOn", "The due date lies before the period.");
  const legacy = legacyMark(settings.standardVersion);
  if (legacy) say("warning", "standardVersion", legacy);
  if (settings.assessmentType === "ROC" && !settings.hasAssessorCompany) {
    say("warning", "hasAssessorCompany", "A ROC without an assessor company is decided by an ISA or an officer.");
  }
  return notices;
}
