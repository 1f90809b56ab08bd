import { couldDo, type Grant } from "@/lib/auth/scope";
import type { WorksheetListItemDto } from "@/lib/contracts/worksheet";
import { countOpenThreads } from "@/lib/data/threads";
import { listTransitions } from "@/lib/data/transitions";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { loadMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { validityOf } from "@/lib/services/worksheet/validity";

/** A worksheet of a list, with the row of the workbook that it belongs to. */
export type VisibleWorksheet = WorksheetListItemDto & { readonly dispositionId: string };

/** The engagement's worksheets that the grant's owner may read at all, as lists show them. */
export async function visibleWorksheets(tx: ScopedTx, grant: Grant): Promise<VisibleWorksheet[]> {
  const worksheets = (await listWorksheets(tx)).filter((one) => couldDo(grant, "worksheet.read", one.facts));
  const ids = worksheets.map((one) => one.id);
  const materials = await loadMaterial(tx, worksheets);
  const openThreads = await countOpenThreads(tx, ids);
  const moved = new Map((await listTransitions(tx, ids)).map((row) => [row.worksheetId, row.at]));
  return materials.map((material) => {
    const { worksheet, header } = material;
    return {
      id: worksheet.id,
      dispositionId: worksheet.dispositionId,
      requirementNumber: worksheet.requirementNumber,
      requirementTitle: header.requirementTitle,
      state: worksheet.facts.state,
      revision: worksheet.revisionNumber,
      openThreads: openThreads.get(worksheet.id) ?? 0,
      validity: validityOf(material, tx),
      updatedAt: lastChange(material, moved.get(worksheet.id)).toISOString(),
    };
  });
}

function lastChange(material: WorksheetMaterial, movedAt: Date | undefined): Date {
  const times = [
    ...SECTION_KEYS.map((key) => material.sections[key].updatedAt),
    ...material.evidence.map((one) => one.addedAt),
    ...(movedAt ? [movedAt] : []),
  ];
  return new Date(Math.max(...times.map((time) => time.getTime())));
}
