import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { RigourReportDto } from "@/lib/contracts/rigour";
import { recordView } from "@/lib/services/review/record-view";
import { rigourModels } from "@/lib/services/rigour/rigour-model";
import { requireCcwMaterial } from "@/lib/services/worksheet/material";
import { chosenContent, shownText } from "@/lib/services/worksheet/shown-content";

/**
 * What came of the rules over a revision when it was frozen, or over the draft as it stands now; with the answers of the
 * gate and the reasons for warnings. Seeing a revision as the other company is an event. @throws Failure not_found, text_damaged
 */
export async function getRigourReport(
  context: ServiceContext,
  worksheetId: string,
  number: number | undefined,
): Promise<RigourReportDto> {
  const report = await readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const material = await requireCcwMaterial(tx, worksheetId);
    const { view } = grant.permission;
    const shown = await chosenContent(tx, view, material, number);
    if (!shown) throw notFound();
    // By the row and not by what the text says of itself: it is what the page asks for next.
    const row = number ?? shownText(view, material)?.revision ?? null;
    const text = { material, shown };
    const rigourOf = await rigourModels(tx, [text]);
    const { content, digest, frozen } = shown;
    return {
      engagementId: tx.engagement.id,
      revision: frozen ? row : null,
      digest,
      header: content.header,
      ...rigourOf(text),
    };
  });
  if (report.revision !== null) await recordView(context, worksheetId, report.revision);
  return report;
}
