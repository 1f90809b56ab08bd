import type { Page } from "@/lib/contracts/paging";

/**
 * The first page of a list as it is now, and behind it what was asked for before. Where the two have nothing in common, so
 * much came meanwhile that something may lie between them: then it is the first page alone.
 * @param before the list as far as it was asked for, with its first page as it was then; null while it was not
 */
export function withBehind<T>(first: Page<T>, before: Page<T> | null, keyOf: (item: T) => string): Page<T> {
  if (before === null) return first;
  const now = new Set(first.items.map(keyOf));
  const behind = before.items.filter((item) => !now.has(keyOf(item)));
  if (behind.length === before.items.length) return first;
  return { items: [...first.items, ...behind], nextCursor: before.nextCursor };
}
