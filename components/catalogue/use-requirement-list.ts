"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import type { RequirementListDto } from "@/lib/contracts/catalogue";

/** The filters of the list as the address keeps them; "" for none. */
export interface ListFilters extends Readonly<Record<string, string>> {
  readonly version: string;
  readonly q: string;
  readonly status: string;
  readonly service: string;
  readonly keyOption: string;
}

/** A list, and whether a newer one is on its way. */
export interface RequirementListState {
  readonly list: RequirementListDto;
  readonly busy: boolean;
  readonly error: unknown;
}

function keyOf(filters: ListFilters): string {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== "")).toString();
}

/**
 * The list for the filters: the first comes with the page, perhaps only its beginning, later ones whole from the API.
 * The latest filters win.
 * @param whole true when the rest of a list that was cut is wanted
 */
export function useRequirementList(
  filters: ListFilters,
  first: RequirementListDto,
  firstFilters: ListFilters,
  whole: boolean,
): RequirementListState {
  const [shown, setShown] = useState({ key: keyOf(firstFilters), list: first, error: null as unknown });
  const [wanted] = useDebouncedValue(keyOf(filters), 150);
  const cut = shown.list.items.length < shown.list.total && shown.error === null;
  const stale = wanted !== shown.key || (whole && cut);
  useEffect(() => {
    if (!stale) return;
    const stop = new AbortController();
    const query = Object.fromEntries(new URLSearchParams(wanted));
    api
      .get<RequirementListDto>("/catalogue/requirements", { query, signal: stop.signal })
      .then((list) => setShown({ key: wanted, list, error: null }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setShown((before) => ({ ...before, key: wanted, error }));
      });
    return () => stop.abort();
  }, [wanted, stale]);
  return { list: shown.list, busy: stale || keyOf(filters) !== wanted, error: shown.error };
}
