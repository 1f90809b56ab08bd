import { couldDo, type Grant } from "@/lib/auth/scope";
import type { MovePermission, WorksheetPermissions } from "@/lib/contracts/worksheet";
import { checkState } from "@/lib/domain/access/action-states";
import { actionOfMove } from "@/lib/domain/access/actions";
import type { WorksheetFacts } from "@/lib/domain/access/facts";
import { WORKSHEET_MOVES } from "@/lib/domain/workflow/states";
import { planMove } from "@/lib/domain/workflow/transitions";

/** What the grant's owner may do with a worksheet as it stands; a step-up is asked for only when it is done. */
export function worksheetPermissions(grant: Grant, facts: WorksheetFacts): WorksheetPermissions {
  const now = (action: "worksheet.edit" | "evidence.add") =>
    checkState(action, facts.state).ok && couldDo(grant, action, facts);
  return {
    edit: now("worksheet.edit"),
    evidence: now("evidence.add"),
    assign: couldDo(grant, "worksheet.assign", facts),
    commentShared: couldDo(grant, "comment.shared", facts),
    commentPrivate: couldDo(grant, "comment.private", facts),
    export: couldDo(grant, "worksheet.export", facts),
    moves: possibleMoves(grant, facts),
  };
}

function possibleMoves(grant: Grant, facts: WorksheetFacts): MovePermission[] {
  const moves: MovePermission[] = [];
  for (const move of WORKSHEET_MOVES) {
    const plan = planMove({ state: facts.state, move, internalReview: grant.engagement.internalReview });
    if (!plan.ok || !couldDo(grant, actionOfMove(move), facts)) continue;
    moves.push({ move, needsReason: plan.value.needsReason, needsStepUp: plan.value.stepUp });
  }
  return moves;
}
