import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";

/** The moves beside signing that are signed statements: what follows is signed as soon as the reason is given. */
const STATED = ["refuse", "revoke", "reopen"] as const satisfies readonly WorksheetMove[];
/** A move that is a signed statement. */
export type StatedMove = (typeof STATED)[number];

/** Whether a move is made by a signed statement. What was withdrawn is reopened without a statement: nobody has decided on it. */
export function isStated(move: WorksheetMove, state: WorksheetState): move is StatedMove {
  return state !== "withdrawn" && (STATED as readonly WorksheetMove[]).includes(move);
}
