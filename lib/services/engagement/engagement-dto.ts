import type { Grant } from "@/lib/auth/scope";
import { couldDo, permissionFor } from "@/lib/auth/scope";
import type { AssessmentType, EngagementDto, EngagementPermissions } from "@/lib/contracts/engagement";
import { toDay } from "@/lib/data/days";
import type { EngagementRow } from "@/lib/data/engagements";
import { organisationRef } from "@/lib/data/organisations";
import type { EngagementRole } from "@/lib/domain/access/roles";
import { isLegacy, type StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** An engagement as the signed-in person sees it. */
export function engagementDto(row: EngagementRow, grant: Grant): EngagementDto {
  const standardVersion = row.standardVersion as StandardVersion;
  return {
    id: row.id,
    name: row.name,
    standardVersion,
    legacy: isLegacy(standardVersion),
    assessmentType: row.assessmentType as AssessmentType,
    periodStart: toDay(row.periodStart),
    periodEnd: toDay(row.periodEnd),
    dueOn: toDay(row.dueOn),
    internalReview: row.internalReview,
    entity: organisationRef(row.organisation),
    assessor: row.assessor && organisationRef(row.assessor),
    assessorAccepted: row.assessorAcceptedAt !== null,
    catalogueVersion: row.catalogueVersion,
    version: row.version,
    myRoles: row.members
      .filter((member) => member.userId === grant.facts.actor.userId)
      .map((member) => member.role as EngagementRole),
    permissions: permissions(grant),
  };
}

/** Buttons follow the same policy that decides; what only a step-up is missing for counts as allowed. */
function permissions(grant: Grant): EngagementPermissions {
  const workbook = permissionFor(grant, "workbook.export", null);
  return {
    settings: couldDo(grant, "engagement.settings", null),
    people: couldDo(grant, "engagement.people", { personId: null }),
    staffAssessor: couldDo(grant, "assessor.staff", { personId: null }),
    acceptAsAssessor: couldDo(grant, "assessor.accept", null),
    answerScope: couldDo(grant, "scope.answer", null),
    decideDispositions: couldDo(grant, "disposition.add", null),
    exportWorkbook: workbook !== null,
    exportPack: workbook !== null && workbook.view !== "signed",
    exportData: couldDo(grant, "engagement.export_all", null),
    readTrail: couldDo(grant, "trail.read", null),
  };
}
