import type { Prisma } from "@/lib/db/generated/client";
import type { IdentityTx } from "@/lib/db/kinds";
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

/** A person's standing in the own organisation; whoever was disabled a moment ago has none. */
export async function loadStanding(
  tx: IdentityTx,
  userId: string,
): Promise<{ role: OrganisationRole | null; leadsEngagements: boolean }> {
  const membership = await tx.db.membership.findFirst({ where: { userId, user: { disabledAt: null } } });
  const leads = await tx.db.engagementMember.count({ where: { userId, role: "lead" } });
  return { role: (membership?.role as OrganisationRole | undefined) ?? null, leadsEngagements: leads > 0 };
}

/** An engagement with somebody's roles in it, or null. */
export async function loadEngagement(
  tx: IdentityTx,
  engagementId: string,
  userId: string,
): Promise<{ record: EngagementRecord; roles: EngagementRole[] } | null> {
  const row = await tx.db.engagement.findUnique({
    where: { id: engagementId },
    include: { organisation: true, assessor: true, members: { where: { userId } } },
  });
  if (!row) return null;
  const record: EngagementRecord = {
    id: row.id,
    name: row.name,
    organisationId: row.organisationId,
    entityName: row.organisation.name,
    assessorOrganisationId: row.assessorOrganisationId,
    assessorName: row.assessor?.name ?? null,
    assessorAccepted: row.assessorAcceptedAt !== null,
    standardVersion: row.standardVersion as StandardVersion,
    assessmentType: row.assessmentType as AssessmentType,
    internalReview: row.internalReview,
    catalogueVersion: row.catalogueVersion,
  };
  return { record, roles: row.members.map((member) => member.role as EngagementRole) };
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

/** A worksheet with the facts that decisions about it need; the row is held as asked, until the commit. */
export async function loadWorksheet(tx: IdentityTx, id: string, hold: Hold): Promise<WorksheetTarget | null> {
  if (hold === "share") await tx.db.$queryRaw`SELECT 1 FROM worksheet WHERE id = ${id}::uuid FOR SHARE`;
  if (hold === "update") await tx.db.$queryRaw`SELECT 1 FROM worksheet WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.db.worksheet.findUnique({ where: { id }, include: WORKSHEET_FACTS });
  return row && worksheetTarget(row);
}

/** A stored worksheet as decisions see it. */
export function worksheetTarget(row: Prisma.WorksheetGetPayload<{ include: typeof WORKSHEET_FACTS }>): WorksheetTarget {
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
