import type { DispositionDto } from "@/lib/contracts/disposition";
import { keptDocumentOf } from "@/lib/contracts/row-document";
import { toDay } from "@/lib/data/days";
import { findEngagement } from "@/lib/data/engagements";
import type { ScopedTx } from "@/lib/db/kinds";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import type { DispositionRowModel, WorkbookFrame } from "@/lib/render/pdf/view-model";

/** What a workbook says of its engagement. */
export type WorkbookFacts = Omit<WorkbookFrame, "draft" | "digest" | "rows" | "worksheets">;

/** Reads it. */
export async function workbookFacts(tx: ScopedTx): Promise<WorkbookFacts> {
  const { periodStart, periodEnd } = await findEngagement(tx);
  const { name, entityName, assessorName, standardVersion, assessmentType } = tx.engagement;
  return {
    engagementName: name,
    entityName,
    assessorName: assessorName ?? "",
    standardVersion,
    assessmentType,
    periodStart: toDay(periodStart),
    periodEnd: toDay(periodEnd),
    legacy: isLegacy(standardVersion),
  };
}

/** A row as it is printed. @param places of the printed worksheets, counted from 0, by their ids */
export function rowModel(row: DispositionDto, places: ReadonlyMap<string, number>): DispositionRowModel {
  const planned = row.disposition === "fix_planned";
  const met = row.disposition === "met";
  const document = keptDocumentOf(row);
  return {
    requirementNumber: row.requirementNumber,
    requirementTitle: row.requirementTitle,
    disposition: row.disposition,
    note: row.note,
    evidenceTitle: met ? row.evidenceTitle : "",
    evidenceUrl: met ? row.evidenceUrl : "",
    owner: (planned && row.fixOwner) || (row.owner?.name ?? ""),
    dueOn: planned ? row.fixDueOn : row.dueOn,
    worksheetKind: document?.kind ?? null,
    worksheetState: document?.state ?? null,
    worksheetIndex: document ? (places.get(document.id) ?? null) : null,
  };
}
