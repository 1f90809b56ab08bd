/** The list with the item of the same id replaced; the same list when nothing differs. */
export function withItem<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  return list.map((other) => (other.id === item.id ? item : other));
}

/** The list without the item. */
export function withoutItem<T extends { readonly id: string }>(list: readonly T[], id: string): readonly T[] {
  return list.filter((item) => item.id !== id);
}

/** The list with the item put back at its place, or at the end when the list got shorter; unchanged when it is there. */
export function withItemAt<T extends { readonly id: string }>(
  list: readonly T[],
  item: T,
  index: number,
): readonly T[] {
  return list.some(({ id }) => id === item.id) ? list : list.toSpliced(index, 0, item);
}

/** The list with the item one place further up (-1) or down (1); the same list at either end. */
export function movedItem<T extends { readonly id: string }>(list: readonly T[], id: string, by: -1 | 1): readonly T[] {
  const from = list.findIndex((item) => item.id === id);
  const item = list[from];
  const to = from + by;
  return item && to >= 0 && to < list.length ? list.toSpliced(from, 1).toSpliced(to, 0, item) : list;
}

/** The item with a field that is left out while it is empty. */
export function withOptional<T extends object, F extends keyof T>(item: T, field: F, value: T[F] & string): T {
  const { [field]: _was, ...rest } = item;
  return (value === "" ? rest : { ...rest, [field]: value }) as T;
}
