import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { StartWorksheetInput } from "@/lib/contracts/start";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { beginDraft } from "@/lib/services/start/begin-draft";
import { readSource } from "@/lib/services/start/source-text";
import { requireCcw } from "@/lib/services/worksheet/material";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Lets a draft in which nothing is written begin as a sample, or as another worksheet that the person may read.
 * @throws Failure blocked when something is written, or when it may not begin as that; card_number_suspected, not_found,
 * forbidden, wrong_state
 */
export async function startWorksheet(
  context: ServiceContext,
  worksheetId: string,
  { acknowledgeCardNumber, ...start }: StartWorksheetInput,
): Promise<WorksheetDto> {
  const sure = acknowledgeCardNumber === true;
  const source = await readSource(context, start);
  return changeScope(context, "worksheet.edit", { worksheetId }, "update", async (tx, grant) => {
    if (!grant.worksheet) throw notFound();
    requireCcw(grant.worksheet);
    const { changes, detail } = await beginDraft(tx, grant, grant.worksheet, start, source, sure);
    recordWorksheetEvent(context, tx, { action: "worksheet.started", worksheetId, detail: { ...detail }, changes });
    return describeWorksheet(tx, grant, worksheetId);
  });
}
