"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { countActive, type Filters, readFilters, writeFilters } from "@/components/kit/url-filters";

/** Filters kept in the address. */
export interface UrlFilters<T extends Filters> {
  readonly values: T;
  readonly set: (changes: Partial<T>) => void;
  readonly reset: () => void;
  /** How many differ from their defaults. */
  readonly active: number;
}

/**
 * Filters of a list whose rows are all in the browser, kept in the address without asking the server again.
 * `defaults` has to be a constant of the module: its names are the parameters.
 */
export function useUrlFilters<T extends Filters>(defaults: T): UrlFilters<T> {
  const params = useSearchParams();
  const values = useMemo(() => readFilters(new URLSearchParams(params), defaults), [params, defaults]);
  const set = useCallback(
    (changes: Partial<T>) => {
      // The address itself is read, since two changes may come before the next render.
      const next = writeFilters(new URLSearchParams(window.location.search), changes, defaults).toString();
      window.history.replaceState(null, "", next === "" ? window.location.pathname : `?${next}`);
    },
    [defaults],
  );
  const reset = useCallback(() => {
    const { sort: _kept, ...filters } = defaults as Record<string, string>;
    set(filters as Partial<T>);
  }, [set, defaults]);
  return { values, set, reset, active: countActive(values, defaults) };
}
