import { takeOut } from "@/lib/domain/controls/record";
import { isSame } from "@/lib/domain/same";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import { EMPTY_ITEMS } from "@/lib/domain/worksheet/empty-items";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

/** True while nobody has written anything: no text, no item, no answer. Only then may a draft begin as something else. */
export function isUnwritten(sections: WorksheetSections, answers: readonly CriterionAnswer[]): boolean {
  const hasNothing = SECTION_KEYS.every(
    (key) => isNarrativeEmpty(sections[key].narrative) && isSame(sections[key].items, EMPTY_ITEMS[key]),
  );
  return hasNothing && answers.every(({ answer }) => answer.trim() === "");
}

/**
 * The same text with items of its own: each gets a new id, and what refers to it follows. What refers to a control that is
 * not there any more refers to nothing. A shared control is the worksheet's own here: the register belongs to the engagement
 * that the text came from.
 */
export function withNewIds(sections: WorksheetSections, newId: () => string): WorksheetSections {
  const { constraints, definition, objective, identifiedRisk, validation, maintenance } = sections;
  const ids = new Map(definition.items.controls.map(({ id }) => [id, newId()]));
  const anew = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, id: newId() }));
  const refer = <T extends { readonly controlIds: readonly string[] }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, controlIds: item.controlIds.flatMap((id) => ids.get(id) ?? []) }));
  return {
    constraints: { ...constraints, items: { ...constraints.items, scope: anew(constraints.items.scope) } },
    definition: {
      ...definition,
      items: {
        controls: definition.items.controls.map((one) => ({ ...takeOut(one), id: ids.get(one.id) ?? newId() })),
      },
    },
    objective,
    identifiedRisk: { ...identifiedRisk, items: { risks: refer(anew(identifiedRisk.items.risks)) } },
    validation: { ...validation, items: { tests: refer(anew(validation.items.tests)) } },
    maintenance: { ...maintenance, items: { ...maintenance.items, tasks: anew(maintenance.items.tasks) } },
  };
}
