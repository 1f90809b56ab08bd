import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { recordAuthor, storeWarningReasons } from "@/lib/data/worksheets";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { withReason } from "@/lib/domain/rigour/reasons";
import { assess } from "@/lib/services/rigour/assess";
import { requireMaterial } from "@/lib/services/worksheet/material";
import { digestOf } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Gives the reason for a warning of the rules, or takes it back with an empty one. Whoever gives it is an author.
 * @throws Failure wrong_state while the worksheet is frozen, invalid when the text has no such warning any more
 */
export function answerWarning(
  context: ServiceContext,
  worksheetId: string,
  { key, reason }: { readonly key: string; readonly reason: string },
): Promise<WorksheetDto> {
  return changeScope(context, "finding.override", { worksheetId }, "update", async (tx, grant) => {
    const material = await requireMaterial(tx, worksheetId);
    const { outcomes, reasons } = await assess(tx, material);
    const warning = findingsIn(outcomes, "warning").find((one) => one.key === key);
    if (!warning) {
      const message = "The text has no such warning any more. Read the checks again.";
      throw new Failure("invalid", message, { errors: [{ path: "key", message }] });
    }
    await storeWarningReasons(tx, worksheetId, withReason(reasons, warning, reason));
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "warning.answered",
      worksheetId,
      detail: { rule: warning.rule, given: reason.trim() !== "", sha256: digestOf(reason.trim()) },
      changes: [{ table: "worksheet", id: worksheetId }],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}
