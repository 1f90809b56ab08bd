import type { Page } from "@/lib/contracts/paging";

/**
 * The first page of a list as it is now, and behind it what stood behind its last item before. What stood further up and is
 * not in it has left the list. Where that last item is new, something may lie between it and what was asked for: then it is
 * the first page alone, as it is where that is the whole list by now.
 * @param before the list as far as it was asked for, with its first page as it was then; null while it was not
 */
export function withBehind<T>(first: Page<T>, before: Page<T> | null, keyOf: (item: T) => string): Page<T> {
  const last = first.items.at(-1);
  if (before === null || first.nextCursor === null || last === undefined) return first;
  const place = before.items.findIndex((item) => keyOf(item) === keyOf(last));
  if (place === -1) return first;
  const now = new Set(first.items.map(keyOf));
  const behind = before.items.slice(place + 1).filter((item) => !now.has(keyOf(item)));
  if (behind.length === 0) return first;
  return { items: [...first.items, ...behind], nextCursor: before.nextCursor };
}
