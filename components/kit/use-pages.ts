"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { readAsFar } from "@/components/kit/read-as-far";
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
  /** Reads anew what older pages brought, for after an act on an item of theirs. The first page is read anew by the server. */
  readonly reread: () => Promise<void>;
}

const NEVER = new AbortController().signal;

/**
 * A list that begins with a page, which may be read anew meanwhile, and brings the next ones on demand. It begins anew with
 * another path or query; what comes late for the list before is dropped.
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
  const { run, busy, error, clear } = useAction();
  const shown = useRef({ list, signal: NEVER });
  // Before anything of the other list is painted. What is under way is given up, or the other list could not ask.
  useLayoutEffect(() => {
    const stop = new AbortController();
    shown.current = { list, signal: stop.signal };
    return () => {
      stop.abort();
      setAsked(null);
      clear();
    };
  }, [list, clear]);
  const before = asked?.list === list ? asked.page : null;
  const { items, nextCursor } = withBehind(first, before, keyOf);
  const ask = async (read: (get: (cursor: string | null | undefined) => Promise<Page<T>>) => Promise<Page<T>>) => {
    const { list: of, signal } = shown.current;
    try {
      const page = await read((cursor) => api.get<Page<T>>(path, { query: { ...query, cursor }, signal }));
      if (!signal.aborted) setAsked({ list: of, page });
    } catch (failure) {
      if (!signal.aborted) throw failure;
    }
  };
  const older = () =>
    void run(() =>
      ask(async (get) => {
        const next = await get(nextCursor);
        return { items: [...items, ...next.items], nextCursor: next.nextCursor };
      }),
    );
  const reread = async () => {
    if (before === null) return;
    // The act was done: where its outcome cannot be read, the list begins anew with its first page.
    await ask((get) => readAsFar(items.length, get)).catch(() => setAsked(null));
  };
  return { items, older: nextCursor === null ? null : older, busy, error, reread };
}
