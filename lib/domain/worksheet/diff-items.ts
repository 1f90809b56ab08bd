import { isSame } from "@/lib/domain/same";
import type { TextRun, WordDiffer } from "@/lib/domain/worksheet/diff-narrative";
import { fieldLabel, fieldText } from "@/lib/domain/worksheet/field-words";
import { mergeOrder } from "@/lib/domain/worksheet/merge-order";

/** A field that changed, in words ready to show. */
export interface FieldChange {
  readonly field: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly runs: readonly TextRun[];
}

/** What became of an item with an id. */
export type ItemChange<T> =
  | { readonly kind: "same"; readonly item: T }
  | { readonly kind: "added"; readonly item: T }
  | { readonly kind: "removed"; readonly item: T }
  | { readonly kind: "changed"; readonly before: T; readonly after: T; readonly fields: readonly FieldChange[] };

/** Resolves the ids of items to what people call them, before and after the change. */
export interface ItemNames {
  readonly before: (id: string) => string | null;
  readonly after: (id: string) => string | null;
}

/** The difference of two records, field by field, in the order of the fields. */
export function diffFields(before: object, after: object, names: ItemNames, words: WordDiffer): readonly FieldChange[] {
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => field !== "id" && !isSame(was.get(field), is.get(field)))
    .map((field) => {
      const oldText = fieldText(field, was.get(field), names.before);
      const newText = fieldText(field, is.get(field), names.after);
      return { field, label: fieldLabel(field), before: oldText, after: newText, runs: words(oldText, newText) };
    });
}

/** The difference of two lists by id: in the order after the change, with what was removed at its old place. */
export function diffItems<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  names: ItemNames,
  words: WordDiffer,
): readonly ItemChange<T>[] {
  const was = new Map(before.map((item) => [item.id, item]));
  const is = new Map(after.map((item) => [item.id, item]));
  const beforeIds = [...was.keys()];
  return mergeOrder(beforeIds, beforeIds, [...is.keys()]).flatMap((id): ItemChange<T>[] => {
    const [old, now] = [was.get(id), is.get(id)];
    if (old && now) {
      if (isSame(old, now)) return [{ kind: "same", item: now }];
      return [{ kind: "changed", before: old, after: now, fields: diffFields(old, now, names, words) }];
    }
    if (old) return [{ kind: "removed", item: old }];
    return now ? [{ kind: "added", item: now }] : [];
  });
}

/** Applies a difference; the law is that it gives what `diffItems` was given as `after`. */
export function applyItemsDiff<T>(changes: readonly ItemChange<T>[]): readonly T[] {
  return changes.flatMap((change) =>
    change.kind === "removed" ? [] : [change.kind === "changed" ? change.after : change.item],
  );
}
