"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { afterRefresh } from "@/components/kit/refresh";
import { countActive, type Filters, readFilters, writeFilters } from "@/components/kit/url-filters";

/** Filters kept in the address. */
export interface UrlFilters<T extends Filters> {
  readonly values: T;
  readonly set: (changes: Partial<T>) => void;
  readonly reset: () => void;
  /** How many differ from their defaults. */
  readonly active: number;
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The query that the address of a page is to get, while that has to wait; null while it has it. */
let ahead: { readonly pathname: string; readonly search: string } | null = null;

/** The query of the page that is shown: what the address says, or will. */
function searchNow(): string {
  return ahead?.pathname === window.location.pathname ? ahead.search : window.location.search;
}

/** Gives the page another query, which its filters follow at once and its address as soon as it may. */
function setSearch(search: string): void {
  ahead = { pathname: window.location.pathname, search };
  for (const listener of listeners) listener();
  afterRefresh(writeAddress);
}

function writeAddress(): void {
  const { pathname, search } = ahead ?? {};
  // Whoever has gone to another page meanwhile has left these filters behind.
  if (pathname === window.location.pathname) window.history.replaceState(null, "", `${pathname}${search}`);
  ahead = null;
}

/**
 * The address's query as it is now. The router hands a change on in a transition, which waits for whatever else it is
 * loading; a search field that waited so long would lose what is typed meanwhile.
 */
function useQuery(): string {
  const asked = useSearchParams().toString();
  const pathname = usePathname();
  // While the router goes to another page the address is still that of the page before.
  const read = useCallback(
    () => (window.location.pathname === pathname ? searchNow() : `?${asked}`),
    [pathname, asked],
  );
  return useSyncExternalStore(subscribe, read, () => `?${asked}`);
}

/**
 * Filters of a list whose rows are all in the browser, kept in the address without asking the server again.
 * `defaults` has to be a constant of the module: its names are the parameters.
 */
export function useUrlFilters<T extends Filters>(defaults: T): UrlFilters<T> {
  const query = useQuery();
  const values = useMemo(() => readFilters(new URLSearchParams(query), defaults), [query, defaults]);
  const set = useCallback(
    (changes: Partial<T>) => {
      // The query itself is read, since two changes may come before the next render.
      const next = writeFilters(new URLSearchParams(searchNow()), changes, defaults).toString();
      setSearch(next === "" ? "" : `?${next}`);
    },
    [defaults],
  );
  const reset = useCallback(() => {
    const { sort: _kept, ...filters } = defaults as Record<string, string>;
    set(filters as Partial<T>);
  }, [set, defaults]);
  return { values, set, reset, active: countActive(values, defaults) };
}
