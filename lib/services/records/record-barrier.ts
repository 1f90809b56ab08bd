import { membersWithRole } from "@/lib/data/engagements";
import type { WorksheetTarget } from "@/lib/data/facts";
import { listRequirements } from "@/lib/data/requirements";
import type { WorkbookRow } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { find } from "@/lib/domain/catalogue/tree";
import { isRecordKind, type RecordKind } from "@/lib/domain/records/kinds";
import { type OpeningContext, openingBarrier } from "@/lib/domain/records/opening";
import { DISPOSITION_OF } from "@/lib/domain/workflow/documents";

/** What decides whether a record may be opened, but for its row. */
export type OpeningFacts = Omit<OpeningContext, "requirement" | "disposition" | "documents">;

/** What of the engagement decides whether its records may be opened. */
export async function openingFacts(tx: ScopedTx): Promise<OpeningFacts> {
  const { assessmentType, assessorOrganisationId } = tx.engagement;
  const hasAssessor = assessorOrganisationId !== null || (await membersWithRole(tx, "isa")).length > 0;
  return { assessmentType, hasAssessor };
}

/** Why a kind of record may not be opened for a row, in words; null when it may. */
export async function barrierOf(tx: ScopedTx, kind: RecordKind, row: WorkbookRow): Promise<string | null> {
  const { requirementNumber, disposition, documents } = row;
  const requirement = find(await listRequirements(tx, tx.engagement), requirementNumber);
  if (!requirement) return `The catalogue of this version has no requirement ${requirementNumber}.`;
  return openingBarrier(kind, { requirement, disposition, documents, ...(await openingFacts(tx)) });
}

/** Why a record that was withdrawn may not be taken up again; null for a worksheet. Reopening makes the choice itself. */
export async function recordBarrier(tx: ScopedTx, { kind }: WorksheetTarget, row: WorkbookRow): Promise<string | null> {
  if (!isRecordKind(kind)) return null;
  return barrierOf(tx, kind, { ...row, disposition: DISPOSITION_OF[kind] ?? row.disposition });
}
