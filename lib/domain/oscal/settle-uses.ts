import type { Control } from "@/lib/domain/worksheet/model";

/** The controls of a plan as they can stand here, and the labels of those that were shared where the plan comes from. */
export interface SettledControls {
  readonly controls: readonly Control[];
  readonly freed: readonly string[];
}

/**
 * Which shared control is used is never changed by a plan: a control that uses one here goes on to do so, and one that
 * used one elsewhere, or when the plan was written, comes as the worksheet's own.
 */
export function settleUses(brought: readonly Control[], standing: readonly Control[]): SettledControls {
  const used = new Map(standing.map(({ id, recordId }) => [id, recordId]));
  const freed: string[] = [];
  const controls = brought.map(({ recordId: was, ...own }): Control => {
    const recordId = used.get(own.id);
    if (was !== undefined && was !== recordId) freed.push(own.label || own.title);
    return recordId === undefined ? own : { ...own, recordId };
  });
  return { controls, freed };
}
