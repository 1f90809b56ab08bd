import type { WorksheetState } from "@/lib/domain/workflow/states";

/** The states in which the entity may change text, items and evidence. */
export const EDITABLE_STATES: readonly WorksheetState[] = ["draft", "changes_requested"];

/** True while the worksheet's text, items and evidence may be changed. */
export function isEditable(state: WorksheetState): boolean {
  return EDITABLE_STATES.includes(state);
}

/**
 * The number of the revision that is being written after a move. A number whose content was frozen is never
 * written again: going back to editing then starts the next one. What was never frozen keeps its number.
 */
export function revisionAfterMove(current: number, currentIsFrozen: boolean, to: WorksheetState): number {
  return currentIsFrozen && isEditable(to) ? current + 1 : current;
}
