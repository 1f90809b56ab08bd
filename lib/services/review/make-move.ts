import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { MoveInput, PLAIN_MOVES } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { actionOfMove } from "@/lib/domain/access/actions";
import type { AuditAction } from "@/lib/domain/audit/event-types";
import { applyMove, prepareMove } from "@/lib/services/review/apply-move";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** What each move is called in the trail. */
const EVENTS: Readonly<Record<(typeof PLAIN_MOVES)[number], AuditAction>> = {
  submit: "worksheet.submitted",
  approve_internally: "worksheet.approved_internally",
  send_back: "worksheet.sent_back",
  request_changes: "worksheet.changes_requested",
  withdraw: "worksheet.withdrawn",
  reopen: "worksheet.reopened",
};

/**
 * Moves a worksheet through its states; submitting to the decider freezes a revision.
 * @throws Failure wrong_state, invalid for a missing reason, blocked with what is missing, step_up_required
 */
export function makeMove(context: ServiceContext, worksheetId: string, input: MoveInput): Promise<WorksheetDto> {
  const { move, reason } = input;
  return changeScope(context, actionOfMove(move), { worksheetId }, "update", async (tx, grant) => {
    const { changes, detail } = await applyMove(tx, grant, await prepareMove(tx, worksheetId, move, reason));
    recordWorksheetEvent(context, tx, { action: EVENTS[move], worksheetId, detail, changes });
    return describeWorksheet(tx, grant, worksheetId);
  });
}
