"use client";

import { useState } from "react";
import { useAction } from "@/components/kit/use-action";
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
 * A list that begins with a page and brings the next ones on demand. Give what holds it a `key` of what the list is of.
 * @param path address of the list in the API, without `/api/v1`
 * @param query what it is narrowed to, as the first page was
 */
export function usePages<T>(first: Page<T>, path: string, query: Readonly<Record<string, string>> = {}): Pages<T> {
  const [{ items, nextCursor }, setPage] = useState(first);
  const { run, busy, error } = useAction();
  const older = () =>
    void run(async () => {
      const next = await api.get<Page<T>>(path, { query: { ...query, cursor: nextCursor } });
      setPage((old) => ({ items: [...old.items, ...next.items], nextCursor: next.nextCursor }));
    });
  return { items, older: nextCursor === null ? null : older, busy, error };
}
