import { z } from "zod";
import { pagingQuery } from "@/lib/contracts/paging";
import type { OrganisationRef } from "@/lib/contracts/session";
import { calendarDay, requiredText, rowVersion, text } from "@/lib/contracts/text";
import type { EngagementRole } from "@/lib/domain/access/roles";
import { STANDARD_VERSIONS, type StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A report on compliance, or a self-assessment questionnaire. */
export const ASSESSMENT_TYPES = ["ROC", "SAQ"] as const;
export type AssessmentType = (typeof ASSESSMENT_TYPES)[number];

const fields = {
  name: requiredText(200),
  periodStart: calendarDay,
  periodEnd: calendarDay,
  dueOn: calendarDay,
  internalReview: z.boolean(),
};
interface Days {
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
}
// Also while something else is wrong, so that all complaints come at once.
const whenDays = (...names: readonly (keyof Days)[]) => {
  const days = z.object(Object.fromEntries(names.map((name) => [name, calendarDay])));
  return ({ value }: { readonly value: unknown }) => days.safeParse(value).success;
};
const periodInOrder = ({ periodStart, periodEnd }: Days) => periodStart <= periodEnd;
const periodError = {
  message: "The period ends before it starts.",
  path: ["periodEnd"],
  when: whenDays("periodStart", "periodEnd"),
};
const dueInTime = ({ periodStart, dueOn }: Days) => periodStart <= dueOn;
const dueError = {
  message: "The due date lies before the period.",
  path: ["dueOn"],
  when: whenDays("periodStart", "dueOn"),
};

/** Body of `POST /engagements`. */
export const createEngagementInput = z
  .strictObject({ ...fields, standardVersion: z.enum(STANDARD_VERSIONS), assessmentType: z.enum(ASSESSMENT_TYPES) })
  .refine(periodInOrder, periodError)
  .refine(dueInTime, dueError);
export type CreateEngagementInput = z.infer<typeof createEngagementInput>;

/** Body of `PATCH /engagements/{id}`: all settings that may change later. */
export const updateEngagementInput = z
  .strictObject({ ...fields, version: rowVersion })
  .refine(periodInOrder, periodError)
  .refine(dueInTime, dueError);
export type UpdateEngagementInput = z.infer<typeof updateEngagementInput>;

/** Query of `GET /engagements`: part of a name (the engagement's, or that of one of its sides), and a version of PCI DSS. */
export const engagementsQuery = pagingQuery.extend({
  q: text(200).optional(),
  version: z.enum(STANDARD_VERSIONS).optional(),
});
export type EngagementsQuery = z.infer<typeof engagementsQuery>;

/** Query of `GET /me/engagements`: part of a name. */
export const ownEngagementsQuery = pagingQuery.extend({ q: text(200).optional() });
export type OwnEngagementsQuery = z.infer<typeof ownEngagementsQuery>;

/** An engagement as its members see it. */
export interface EngagementDto {
  readonly id: string;
  readonly name: string;
  readonly standardVersion: StandardVersion;
  /** True for 3.2.1, which may no longer be reported against. */
  readonly legacy: boolean;
  readonly assessmentType: AssessmentType;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly internalReview: boolean;
  readonly entity: OrganisationRef;
  readonly assessor: OrganisationRef | null;
  readonly assessorAccepted: boolean;
  readonly catalogueVersion: string;
  readonly version: number;
  readonly myRoles: readonly EngagementRole[];
  /** What the signed-in person may do here; buttons follow it. */
  readonly permissions: EngagementPermissions;
}

/** Rights in one engagement, computed by the server from the policy. */
export interface EngagementPermissions {
  readonly settings: boolean;
  readonly people: boolean;
  readonly staffAssessor: boolean;
  readonly acceptAsAssessor: boolean;
  readonly answerScope: boolean;
  readonly decideDispositions: boolean;
  readonly exportWorkbook: boolean;
  /** Whoever reads signed pages alone gets no pack: it holds histories. */
  readonly exportPack: boolean;
  /** All data, for another service to take in. */
  readonly exportData: boolean;
  readonly readTrail: boolean;
}

/** A line in the list of engagements, with its progress. */
export interface EngagementSummaryDto extends EngagementDto {
  readonly progress: ProgressDto;
}

/** How far a workbook is. */
export interface ProgressDto {
  readonly total: number;
  readonly settled: number;
  readonly waitingForEntity: number;
  readonly waitingForAssessor: number;
  readonly undecided: number;
  readonly brokenSignOffs: number;
}
