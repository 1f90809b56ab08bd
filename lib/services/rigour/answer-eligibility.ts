import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { recordAuthor, storeEligibility } from "@/lib/data/worksheets";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Answers the eligibility gate of a worksheet. Whoever answers is an author of it. @throws Failure wrong_state while it is frozen */
export function answerEligibility(
  context: ServiceContext,
  worksheetId: string,
  answers: EligibilityAnswers,
): Promise<WorksheetDto> {
  return changeScope(context, "worksheet.edit", { worksheetId }, "update", async (tx, grant) => {
    await storeEligibility(tx, worksheetId, answers);
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "eligibility.answered",
      worksheetId,
      detail: { sha256: seal(answers).digest },
      changes: [{ table: "worksheet", id: worksheetId }],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}
