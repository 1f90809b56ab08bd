import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { assignableAmong, replaceAssignees } from "@/lib/data/worksheets";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Gives a worksheet to exactly these contributors. @throws Failure invalid when one is no contributor here who acts */
export function setAssignees(
  context: ServiceContext,
  worksheetId: string,
  userIds: readonly string[],
): Promise<WorksheetDto> {
  const wanted = [...new Set(userIds.map((id) => id.toLowerCase()))];
  return changeScope(context, "worksheet.assign", { worksheetId }, "update", async (tx, grant) => {
    const contributors = await assignableAmong(tx, worksheetId, wanted);
    if (contributors.length < wanted.length) {
      const message =
        "Only contributors of this engagement whose accounts are in use can be given a worksheet. Add the person to it first.";
      throw new Failure("invalid", message, { errors: [{ path: "userIds", message }] });
    }
    const changed = await replaceAssignees(tx, worksheetId, wanted);
    recordWorksheetEvent(context, tx, {
      action: "worksheet.assigned",
      worksheetId,
      detail: { assigneeIds: wanted },
      changes: changed.map((id) => ({ table: "worksheet_assignee", id })),
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}
