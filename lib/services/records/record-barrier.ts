import { membersWithRole } from "@/lib/data/engagements";
import type { WorksheetTarget } from "@/lib/data/facts";
import { listRequirements } from "@/lib/data/requirements";
import type { WorkbookRow } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { find } from "@/lib/domain/catalogue/tree";
import { isRecordKind, type RecordKind } from "@/lib/domain/records/kinds";
import { type OpeningContext, openingBarrier } from "@/lib/domain/records/opening";
import { DISPOSITION_OF } from "@/lib/domain/workflow/documents";

/** What decides whether a record may be opened for a row; null for a number that the catalogue does not know. */
export async function openingContext(tx: ScopedTx, row: WorkbookRow): Promise<OpeningContext | null> {
  const requirement = find(await listRequirements(tx, tx.engagement), row.requirementNumber);
  if (!requirement) return null;
  const hasAssessor = tx.engagement.assessorOrganisationId !== null || (await membersWithRole(tx, "isa")).length > 0;
  const { assessmentType } = tx.engagement;
  return { requirement, assessmentType, disposition: row.disposition, hasAssessor, documents: row.documents };
}

/** Why a kind of record may not be opened for a row, in words; null when it may. */
export async function barrierOf(tx: ScopedTx, kind: RecordKind, row: WorkbookRow): Promise<string | null> {
  const context = await openingContext(tx, row);
  if (!context) return `The catalogue of this version has no requirement ${row.requirementNumber}.`;
  return openingBarrier(kind, context);
}

/** Why a record that was withdrawn may not be taken up again; null for a worksheet. Reopening makes the choice itself. */
export async function recordBarrier(tx: ScopedTx, { kind }: WorksheetTarget, row: WorkbookRow): Promise<string | null> {
  if (!isRecordKind(kind)) return null;
  return barrierOf(tx, kind, { ...row, disposition: DISPOSITION_OF[kind] ?? row.disposition });
}
