import type { Page } from "@/lib/contracts/paging";

/** Reads a list anew from its beginning, until it has as many items as before or there are no more. */
export async function readAsFar<T>(
  count: number,
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<Page<T>> {
  let page = await read(undefined);
  while (page.nextCursor !== null && page.items.length < count) {
    const next = await read(page.nextCursor);
    page = { items: [...page.items, ...next.items], nextCursor: next.nextCursor };
  }
  return page;
}
