import { couldDo, type Grant, permissionFor, reasonAgainst } from "@/lib/auth/scope";
import type { HeldMove, MovePermission, WorksheetPermissions } from "@/lib/contracts/worksheet";
import { checkState } from "@/lib/domain/access/action-states";
import { actionOfMove } from "@/lib/domain/access/actions";
import type { WorksheetFacts } from "@/lib/domain/access/facts";
import { whyNotDecided } from "@/lib/domain/records/deciding";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { WORKSHEET_MOVES, type WorksheetMove } from "@/lib/domain/workflow/states";
import { planMove, type Transition } from "@/lib/domain/workflow/transitions";

/** What the grant's owner may do with a worksheet as it stands; a step-up is asked for only when it is done. */
export function worksheetPermissions(grant: Grant, kind: WorksheetKind, facts: WorksheetFacts): WorksheetPermissions {
  const isCcw = kind === "ccw";
  const now = (action: "worksheet.edit" | "evidence.add" | "criteria.answer" | "control.share") =>
    checkState(action, facts.state).ok && couldDo(grant, action, facts);
  return {
    edit: now("worksheet.edit"),
    evidence: now("evidence.add"),
    answerCriteria: isCcw && now("criteria.answer"),
    shareControls: isCcw && now("control.share"),
    assign: couldDo(grant, "worksheet.assign", facts),
    commentShared: couldDo(grant, "comment.shared", facts),
    commentPrivate: couldDo(grant, "comment.private", facts),
    export: couldDo(grant, "worksheet.export", facts),
    ...movesOf(grant, kind, facts),
  };
}

/** The moves by which a reviewer decides; of these it is said why one is missing. */
const DECISIONS: readonly WorksheetMove[] = ["approve_internally", "sign", "refuse", "revoke"];

function movesOf(
  grant: Grant,
  kind: WorksheetKind,
  facts: WorksheetFacts,
): Pick<WorksheetPermissions, "moves" | "held"> {
  const moves: MovePermission[] = [];
  const held: HeldMove[] = [];
  for (const move of WORKSHEET_MOVES) {
    const plan = planMove({ state: facts.state, move, internalReview: grant.engagement.internalReview });
    if (!plan.ok) continue;
    const action = actionOfMove(move);
    const reason =
      reasonAgainst(grant, action, facts) ?? whyNotDecided(kind, move, permissionFor(grant, action, facts)?.as);
    if (reason === null) moves.push({ move, needsReason: plan.value.needsReason, needsStepUp: plan.value.stepUp });
    else if (DECISIONS.includes(move) && looksFor(grant, plan.value)) held.push({ move, reason });
  }
  return { moves, held };
}

/** Whether somebody would look for a move: by a role that makes it, or as an assistant of whoever does. */
function looksFor({ facts }: Grant, { roles }: Transition): boolean {
  const own = facts.engagement?.roles ?? [];
  return own.some((role) => roles.includes(role) || (role === "qsa_assistant" && roles.includes("qsa_lead")));
}
