import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Inside } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { WarningReasonInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { recordAuthor, storeWarningReasons } from "@/lib/data/worksheets";
import { wantingReason, withReason } from "@/lib/domain/rigour/reasons";
import { assess } from "@/lib/services/rigour/assess";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { requireCcwMaterial } from "@/lib/services/worksheet/material";
import { digestOf } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Gives the reason for a warning of the rules, or for a rule that failed, or takes it back with an empty one. Whoever gives
 * it is an author. @throws Failure wrong_state while the worksheet is frozen, invalid when the text has no such warning any
 * more, card_number_suspected
 */
export function answerWarning(
  context: ServiceContext,
  worksheetId: string,
  input: WarningReasonInput,
): Promise<WorksheetDto> {
  return changeScope(context, "finding.override", { worksheetId }, "update", async (tx, grant) => {
    await answerWarningWithin({ context, tx }, worksheetId, input);
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/** The same within a transaction that holds the worksheet's row, for somebody who may give reasons in it. */
export async function answerWarningWithin(
  { context, tx }: Pick<Inside, "context" | "tx">,
  worksheetId: string,
  { key, reason, acknowledgeCardNumber }: WarningReasonInput,
): Promise<void> {
  const material = await requireCcwMaterial(tx, worksheetId);
  const { outcomes, reasons } = await assess(tx, material);
  const warning = wantingReason(outcomes).find((one) => one.key === key);
  if (!warning) {
    const message = "The text has no such warning any more. Read the checks again.";
    throw new Failure("invalid", message, { errors: [{ path: "key", message }] });
  }
  const acknowledged = await askAboutCardNumbers(
    [{ path: "reason", text: reason }],
    async () => reasons.map((one) => ({ path: "reason", text: one.reason })),
    acknowledgeCardNumber === true,
  );
  await storeWarningReasons(tx, worksheetId, withReason(reasons, warning, reason));
  await recordAuthor(tx, worksheetId);
  recordWorksheetEvent(context, tx, {
    action: "warning.answered",
    worksheetId,
    detail: {
      ...{ rule: warning.rule, given: reason.trim() !== "", sha256: digestOf(reason.trim()) },
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
    },
    changes: [{ table: "worksheet", id: worksheetId }],
  });
}
