"use client";

import { useState } from "react";
import { useAction } from "@/components/kit/use-action";
import { withBehind } from "@/components/kit/with-behind";
import { api } from "@/lib/client/api";
import type { Page } from "@/lib/contracts/paging";

/** A list as far as it was asked for. */
export interface Pages<T> {
  readonly items: readonly T[];
  /** Brings the next page; null on the last. */
  readonly older: (() => void) | null;
  readonly busy: boolean;
  /** Why the next page did not come, for ProblemAlert. */
  readonly error: unknown;
}

/**
 * A list that begins with a page, which may be read anew meanwhile, and brings the next ones on demand. It begins anew with
 * another path or query.
 * @param path address of the list in the API, without `/api/v1`
 * @param keyOf tells items apart
 * @param query what it is narrowed to, as the first page was
 */
export function usePages<T>(
  first: Page<T>,
  path: string,
  keyOf: (item: T) => string,
  query: Readonly<Record<string, string | undefined>> = {},
): Pages<T> {
  const list = JSON.stringify([path, query]);
  const [asked, setAsked] = useState<{ readonly list: string; readonly page: Page<T> } | null>(null);
  const { run, busy, error } = useAction();
  const { items, nextCursor } = withBehind(first, asked?.list === list ? asked.page : null, keyOf);
  const older = () =>
    void run(async () => {
      const next = await api.get<Page<T>>(path, { query: { ...query, cursor: nextCursor } });
      setAsked({ list, page: { items: [...items, ...next.items], nextCursor: next.nextCursor } });
    });
  return { items, older: nextCursor === null ? null : older, busy, error };
}
