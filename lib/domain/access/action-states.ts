import { type Action, actionOfMove } from "@/lib/domain/access/actions";
import { err, ok, type Result } from "@/lib/domain/result";
import { EDITABLE_STATES } from "@/lib/domain/workflow/editing";
import { WORKSHEET_MOVES, WORKSHEET_STATES, type WorksheetState } from "@/lib/domain/workflow/states";
import { type MoveRefusal, STATE_LABELS, statesOfMove } from "@/lib/domain/workflow/transitions";

const STATES_OF_ACTIONS: Readonly<Partial<Record<Action, readonly WorksheetState[]>>> = {
  "worksheet.edit": EDITABLE_STATES,
  "evidence.add": EDITABLE_STATES,
  "evidence.change": EDITABLE_STATES,
  "evidence.remove": EDITABLE_STATES,
  "control.share": EDITABLE_STATES,
  "finding.override": EDITABLE_STATES,
  "criteria.answer": EDITABLE_STATES,
  "criteria.propose": ["qsa_review"],
  "criteria.decide": ["qsa_review"],
  ...Object.fromEntries(WORKSHEET_MOVES.map((move) => [actionOfMove(move), statesOfMove(move)])),
};

/** The states of a worksheet in which an action is possible at all; every state where the state plays no part. */
export function statesForAction(action: Action): readonly WorksheetState[] {
  return STATES_OF_ACTIONS[action] ?? WORKSHEET_STATES;
}

/** Whether a worksheet's state allows an action; the refusal is a conflict (409), not a denial. */
export function checkState(action: Action, state: WorksheetState): Result<null, MoveRefusal> {
  const states = statesForAction(action);
  if (states.includes(state)) return ok(null);
  const wanted = states.map((name) => `“${STATE_LABELS[name]}”`).join(", ");
  return err({
    code: "wrong_state",
    // Where it stands instead is not said: the entity's internal review is not the other company's to know.
    message: `This is not possible as it stands now; it is only in ${wanted}.`,
  });
}
