import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { recordView } from "@/lib/services/review/record-view";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";

/** A worksheet as the person may see it. Seeing a submitted revision of the other company is an event. */
export async function getWorksheet(context: ServiceContext, worksheetId: string): Promise<WorksheetDto> {
  const worksheet = await readScope(context, "worksheet.read", { worksheetId }, (tx, grant) =>
    describeWorksheet(tx, grant, worksheetId),
  );
  if (worksheet.sections) await recordView(context, worksheetId, worksheet.revision);
  return worksheet;
}
