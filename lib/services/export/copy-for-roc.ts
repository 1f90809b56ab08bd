import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { RocCopyDto } from "@/lib/contracts/review";
import { rocTable } from "@/lib/domain/worksheet/roc-table";
import { requireCcwMaterial } from "@/lib/services/worksheet/material";
import { chosenContent, isCcwText, signedRevisions } from "@/lib/services/worksheet/shown-content";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * A text of the worksheet as the table of a report on compliance; without a number the newest that the person may see.
 * Taking it out is an event. @throws Failure not_found for a text that the person may not see
 */
export function copyForRoc(context: ServiceContext, worksheetId: string, revision?: number): Promise<RocCopyDto> {
  return changeScope(context, "worksheet.export", { worksheetId }, "none", async (tx, grant) => {
    const material = await requireCcwMaterial(tx, worksheetId);
    const shown = await chosenContent(tx, grant.permission.view, material, revision);
    if (!shown || !isCcwText(shown)) throw notFound();
    recordWorksheetEvent(context, tx, {
      action: "export.made",
      worksheetId,
      detail: { what: "worksheet", format: "table", revision: shown.content.revision, digest: shown.digest },
    });
    return {
      ...rocTable(shown.content),
      revision: shown.content.revision,
      signed: shown.frozen && signedRevisions(material.signOffs).has(shown.content.revision),
    };
  });
}
