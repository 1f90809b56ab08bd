import { withItem, withItemAt, withoutItem } from "@/components/worksheet/items/list-edits";
import type { WorksheetSaver } from "@/components/worksheet/saving/worksheet-saver";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { TextPartKey } from "@/lib/domain/worksheet/sections";

interface Listed<K extends TextPartKey, T> {
  readonly section: K;
  readonly list: (content: SectionContent<K>) => readonly T[];
  readonly withList: (content: SectionContent<K>, list: readonly T[]) => SectionContent<K>;
}

/**
 * Removes an item, and for a control what points at it in risks and tests. Returns what puts it all
 * back, on top of whatever was edited since.
 */
export function removeItem<K extends TextPartKey, T extends { readonly id: string }>(
  saver: WorksheetSaver,
  kind: Listed<K, T>,
  id: string,
): () => void {
  const list = kind.list(saver.content(kind.section));
  const index = list.findIndex((item) => item.id === id);
  const item = list[index];
  if (!item) return () => {};
  saver.edit(kind.section, (content) => kind.withList(content, withoutItem(kind.list(content), id)));
  const undoReferences = kind.section === "definition" ? dropReferences(saver, id) : () => {};
  return () => {
    saver.edit(kind.section, (content) => kind.withList(content, withItemAt(kind.list(content), item, index)));
    undoReferences();
  };
}

interface Refers {
  readonly id: string;
  readonly controlIds: readonly string[];
}

/** Takes a control off all risks and tests; returns what puts it back on those that still exist. */
function dropReferences(saver: WorksheetSaver, controlId: string): () => void {
  const { risks } = saver.content("identifiedRisk").items;
  const { tests } = saver.content("validation").items;
  const riskIds = referring(risks, controlId);
  const testIds = referring(tests, controlId);
  const edit = (change: <T extends Refers>(list: readonly T[], ids: readonly string[]) => readonly T[]) => {
    if (riskIds.length > 0) {
      saver.edit("identifiedRisk", (content) => ({
        ...content,
        items: { risks: change(content.items.risks, riskIds) },
      }));
    }
    if (testIds.length > 0) {
      saver.edit("validation", (content) => ({ ...content, items: { tests: change(content.items.tests, testIds) } }));
    }
  };
  edit((list, ids) => changeReferences(list, ids, (refs) => refs.filter((ref) => ref !== controlId)));
  return () =>
    edit((list, ids) =>
      changeReferences(list, ids, (refs) => (refs.includes(controlId) ? refs : [...refs, controlId])),
    );
}

function referring(list: readonly Refers[], controlId: string): readonly string[] {
  return list.filter((item) => item.controlIds.includes(controlId)).map(({ id }) => id);
}

function changeReferences<T extends Refers>(
  list: readonly T[],
  ids: readonly string[],
  change: (refs: readonly string[]) => readonly string[],
): readonly T[] {
  return ids.reduce((all, id) => {
    const item = all.find((other) => other.id === id);
    return item ? withItem(all, { ...item, controlIds: change(item.controlIds) }) : all;
  }, list);
}
