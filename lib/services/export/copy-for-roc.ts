import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import { type RocTable, rocTable } from "@/lib/domain/worksheet/roc-table";
import { requireMaterial } from "@/lib/services/worksheet/material";
import { shownContent } from "@/lib/services/worksheet/shown-content";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** The newest text that the person may see, as the table of a report on compliance. Taking it out is an event. */
export function copyForRoc(context: ServiceContext, worksheetId: string): Promise<RocTable> {
  return changeScope(context, "worksheet.export", { worksheetId }, "none", async (tx, grant) => {
    const shown = await shownContent(tx, grant.permission.view, await requireMaterial(tx, worksheetId));
    if (!shown) throw notFound();
    recordWorksheetEvent(context, tx, {
      action: "export.made",
      worksheetId,
      detail: { what: "worksheet", format: "table", revision: shown.content.revision, digest: shown.digest },
    });
    return rocTable(shown.content);
  });
}
