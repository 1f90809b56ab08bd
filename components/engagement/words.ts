import type { AssessmentType } from "@/lib/contracts/engagement";
import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";

/** Roles of an engagement as people read them. */
export const ROLE_WORDS: Readonly<Record<EngagementRole, string>> = {
  lead: "Lead",
  contributor: "Contributor",
  internal_reviewer: "Internal reviewer",
  observer: "Observer",
  qsa_lead: "QSA lead",
  qsa_assistant: "QSA assistant",
  isa: "ISA",
  officer: "Executive officer",
};

/** What a role does, for whoever gives it. */
export const ROLE_HINTS: Readonly<Record<EngagementRole, string>> = {
  lead: "Answers the scope, decides, writes and submits",
  contributor: "Writes the worksheets and rows assigned to them",
  internal_reviewer: "Reads drafts and approves before they leave",
  observer: "Reads what is signed",
  qsa_lead: "Reviews, signs or refuses",
  qsa_assistant: "Reviews and comments",
  isa: "Decides in place of a QSA; writes nothing",
  officer: "Decides in place of a QSA; writes nothing",
};

/** Roles of an organisation as people read them. */
export const ORGANISATION_ROLE_WORDS: Readonly<Record<OrganisationRole, string>> = { admin: "Admin", member: "Member" };

/** Kinds of assessment in full. */
export const ASSESSMENT_WORDS: Readonly<Record<AssessmentType, string>> = {
  ROC: "Report on compliance (ROC)",
  SAQ: "Self-assessment questionnaire (SAQ)",
};
