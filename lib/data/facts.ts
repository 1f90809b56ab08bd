import type { Prisma } from "@/lib/db/generated/client";
import type { IdentityTx } from "@/lib/db/kinds";
import { AHEAD } from "@/lib/db/pipelined";
import type { ThreadFacts, WorksheetFacts } from "@/lib/domain/access/facts";
import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { EngagementRecord } from "@/lib/domain/engagement/record";
import type { AssessmentType } from "@/lib/domain/engagement/rules";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";

/** How a worksheet is held while a decision stands on its state: by many writers, or by one mover. */
export type Hold = "none" | "share" | "update";

/** What somebody is in the own organisation. */
export interface Standing {
  readonly role: OrganisationRole | null;
  readonly leadsEngagements: boolean;
}

/** A person's standing in the own organisation; whoever was disabled a moment ago has none. */
export async function loadStanding(tx: IdentityTx, userId: string): Promise<Standing> {
  const membership = await tx.db.membership.findFirst({ where: { userId, user: { disabledAt: null } } });
  const leads = await tx.db.engagementMember.count({ where: { userId, role: "lead" } });
  return { role: (membership?.role as OrganisationRole | undefined) ?? null, leadsEngagements: leads > 0 };
}

/** An engagement with somebody's roles in it, and standing beside it. */
export interface EngagementStanding {
  readonly record: EngagementRecord;
  readonly roles: readonly EngagementRole[];
  readonly standing: Standing;
}

/** What {@link loadEngagement} reads. */
interface EngagementFactsRow {
  readonly name: string;
  readonly organisation_id: string;
  readonly entity_name: string;
  readonly assessor_organisation_id: string | null;
  readonly assessor_name: string | null;
  readonly accepted: boolean;
  readonly standard_version: string;
  readonly assessment_type: string;
  readonly internal_review: boolean;
  readonly catalogue_version: string;
  readonly roles: string[];
  readonly role: string | null;
  readonly leads: boolean;
}

/**
 * An engagement with somebody's roles in it and standing beside it, or null. Every decision asks for these, so it is one
 * statement; row-level security holds in it as in those it stands for.
 */
export async function loadEngagement(
  tx: IdentityTx,
  engagementId: string,
  userId: string,
): Promise<EngagementStanding | null> {
  const [row] = await tx.db.$queryRaw<EngagementFactsRow[]>`
    SELECT e.name, e.organisation_id, o.name AS entity_name, e.assessor_organisation_id, a.name AS assessor_name,
      e.assessor_accepted_at IS NOT NULL AS accepted, e.standard_version, e.assessment_type, e.internal_review,
      e.catalogue_version,
      ARRAY(SELECT m.role FROM engagement_member m
        WHERE m.engagement_id = e.id AND m.user_id = ${userId}::uuid ORDER BY m.id) AS roles,
      (SELECT m.role FROM membership m JOIN app_user u ON u.id = m.user_id
        WHERE m.user_id = ${userId}::uuid AND u.disabled_at IS NULL) AS role,
      EXISTS (SELECT FROM engagement_member m WHERE m.user_id = ${userId}::uuid AND m.role = 'lead') AS leads
    FROM engagement e JOIN organisation o ON o.id = e.organisation_id
      LEFT JOIN organisation a ON a.id = e.assessor_organisation_id
    WHERE e.id = ${engagementId}::uuid`;
  if (!row) return null;
  const record: EngagementRecord = {
    id: engagementId,
    name: row.name,
    organisationId: row.organisation_id,
    entityName: row.entity_name,
    assessorOrganisationId: row.assessor_organisation_id,
    assessorName: row.assessor_name,
    assessorAccepted: row.accepted,
    standardVersion: row.standard_version as StandardVersion,
    assessmentType: row.assessment_type as AssessmentType,
    internalReview: row.internal_review,
    catalogueVersion: row.catalogue_version,
  };
  const standing = { role: row.role as OrganisationRole | null, leadsEngagements: row.leads };
  return { record, roles: row.roles as EngagementRole[], standing };
}

/** A worksheet's place and facts. */
export interface WorksheetTarget {
  readonly id: string;
  readonly kind: WorksheetKind;
  readonly engagementId: string;
  readonly dispositionId: string;
  readonly requirementNumber: string;
  readonly revisionNumber: number;
  readonly version: number;
  readonly facts: WorksheetFacts;
  /** Null when the gate was never answered. */
  readonly eligibility: EligibilityAnswers | null;
  readonly eligibilityVersion: number;
  readonly warningReasons: readonly WarningReason[];
}

/** What a query on worksheets has to include for `worksheetTarget`. */
export const WORKSHEET_FACTS = {
  authors: { select: { userId: true } },
  assignees: { select: { userId: true } },
  revisions: { select: { id: true }, take: 1 },
  signOffs: { orderBy: [{ at: "asc" }, { id: "asc" }], select: { kind: true, signerId: true } },
} as const satisfies Prisma.WorksheetInclude;

/** The columns of a worksheet, and what stands beside it, that decisions go by. */
type WorksheetFactsRow = Pick<
  Prisma.WorksheetGetPayload<{ include: typeof WORKSHEET_FACTS }>,
  | "id"
  | "kind"
  | "engagementId"
  | "dispositionId"
  | "requirementNumber"
  | "revisionNumber"
  | "version"
  | "state"
  | "eligibility"
  | "eligibilityVersion"
  | "warningReasons"
  | "authors"
  | "assignees"
  | "revisions"
  | "signOffs"
>;

/**
 * A worksheet with the facts that decisions about it need; the row is held as asked, until the commit. Holding is a
 * statement before the other, which so sees whatever was committed while it waited.
 */
export async function loadWorksheet(tx: IdentityTx, id: string, hold: Hold): Promise<WorksheetTarget | null> {
  if (hold === "share") await tx.db.$queryRaw`${AHEAD} SELECT 1 FROM worksheet WHERE id = ${id}::uuid FOR SHARE`;
  if (hold === "update") await tx.db.$queryRaw`${AHEAD} SELECT 1 FROM worksheet WHERE id = ${id}::uuid FOR UPDATE`;
  const [row] = await tx.db.$queryRaw<WorksheetFactsRow[]>`
    SELECT w.id, w.kind, w.engagement_id AS "engagementId", w.disposition_id AS "dispositionId",
      w.requirement_number AS "requirementNumber", w.revision_number AS "revisionNumber", w.version, w.state,
      w.eligibility, w.eligibility_version AS "eligibilityVersion", w.warning_reasons AS "warningReasons",
      coalesce((SELECT jsonb_agg(jsonb_build_object('userId', a.user_id)) FROM worksheet_author a
        WHERE a.engagement_id = w.engagement_id AND a.worksheet_id = w.id), '[]') AS authors,
      coalesce((SELECT jsonb_agg(jsonb_build_object('userId', a.user_id)) FROM worksheet_assignee a
        WHERE a.engagement_id = w.engagement_id AND a.worksheet_id = w.id), '[]') AS assignees,
      coalesce((SELECT jsonb_build_array(jsonb_build_object('id', r.id)) FROM revision r
        WHERE r.engagement_id = w.engagement_id AND r.worksheet_id = w.id LIMIT 1), '[]') AS revisions,
      coalesce((SELECT jsonb_agg(jsonb_build_object('kind', s.kind, 'signerId', s.signer_id) ORDER BY s.at, s.id)
        FROM sign_off s WHERE s.engagement_id = w.engagement_id AND s.worksheet_id = w.id), '[]') AS "signOffs"
    FROM worksheet w WHERE w.id = ${id}::uuid`;
  return row ? worksheetTarget(row) : null;
}

/** A stored worksheet as decisions see it. */
export function worksheetTarget(row: WorksheetFactsRow): WorksheetTarget {
  const decisions = row.signOffs.filter(({ kind }) => kind === "signed" || kind === "revoked");
  const standing = decisions.at(-1)?.kind === "signed" ? decisions.at(-1) : undefined;
  return {
    id: row.id,
    kind: row.kind as WorksheetKind,
    engagementId: row.engagementId,
    dispositionId: row.dispositionId,
    requirementNumber: row.requirementNumber,
    revisionNumber: row.revisionNumber,
    version: row.version,
    // Both were checked before they were written.
    eligibility: row.eligibility as EligibilityAnswers | null,
    eligibilityVersion: row.eligibilityVersion,
    warningReasons: row.warningReasons as unknown as readonly WarningReason[],
    facts: {
      state: row.state as WorksheetState,
      assigneeIds: row.assignees.map((one) => one.userId),
      authorIds: row.authors.map((one) => one.userId),
      signerId: standing?.signerId ?? null,
      hasSubmittedRevision: row.revisions.length > 0,
      hasSignedRevision: hasStandingSignature(row.signOffs.map((one) => one.kind)),
    },
  };
}

/** Each revocation takes back one signature. */
function hasStandingSignature(kinds: readonly string[]): boolean {
  return kinds.filter((kind) => kind === "signed").length > kinds.filter((kind) => kind === "revoked").length;
}

/** The worksheet that a link of evidence belongs to. */
export async function worksheetOfEvidence(tx: IdentityTx, evidenceId: string): Promise<string | null> {
  const row = await tx.db.evidence.findUnique({ where: { id: evidenceId }, select: { worksheetId: true } });
  return row?.worksheetId ?? null;
}

/** The engagement that a shared control belongs to. */
export async function engagementOfControl(tx: IdentityTx, id: string): Promise<string | null> {
  const row = await tx.db.controlRecord.findUnique({ where: { id }, select: { engagementId: true } });
  return row?.engagementId ?? null;
}

/** A row of the workbook: its engagement and owner. */
export async function loadRow(
  tx: IdentityTx,
  id: string,
): Promise<{ engagementId: string; ownerId: string | null } | null> {
  return tx.db.disposition.findUnique({ where: { id }, select: { engagementId: true, ownerId: true } });
}

/** A thread with its worksheet. */
export async function loadThread(
  tx: IdentityTx,
  id: string,
): Promise<{ worksheet: WorksheetTarget; facts: ThreadFacts } | null> {
  const row = await tx.db.thread.findUnique({
    where: { id },
    select: { worksheetId: true, visibility: true, authorOrganisationId: true },
  });
  const worksheet = row && (await loadWorksheet(tx, row.worksheetId, "none"));
  if (!row || !worksheet) return null;
  const visibility = row.visibility === "private" ? "private" : "shared";
  return {
    worksheet,
    facts: { visibility, openerOrganisationId: row.authorOrganisationId, worksheet: worksheet.facts },
  };
}
