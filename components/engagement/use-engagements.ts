"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { afterReading, type EngagementFilters, type Found, filtersKey } from "@/components/engagement/found-list";
import { type Pages, usePages } from "@/components/kit/use-pages";
import { type UrlFilters, useUrlFilters } from "@/components/kit/use-url-filters";
import { api } from "@/lib/client/api";
import type { EngagementSummaryDto } from "@/lib/contracts/engagement";
import type { Page } from "@/lib/contracts/paging";

const FILTERS = { q: "", version: "" };
type List = Page<EngagementSummaryDto>;

/** The engagements that fit the filters of the address, as far as they were asked for. */
export interface Engagements extends Pages<EngagementSummaryDto> {
  readonly filters: UrlFilters<typeof FILTERS>;
  /** The filters are not yet those that the items were found by. */
  readonly searching: boolean;
}

/**
 * A list that begins with what the server found by the filters of the address, which it may read anew, and asks it again when
 * they change.
 * @param foundBy the filters that `first` was found by
 */
export function useEngagements(first: List, foundBy: EngagementFilters): Engagements {
  const filters = useUrlFilters(FILTERS);
  const wanted = filtersKey(filters.values);
  const [asked] = useDebouncedValue(wanted, 180);
  const [read, setRead] = useState<Found>(() => ({ key: filtersKey(foundBy), list: first }));
  const [state, setState] = useState(read);
  if (read.list !== first) {
    const anew = { key: filtersKey(foundBy), list: first };
    setRead(anew);
    setState(afterReading(state, anew, wanted));
  }
  const [failed, setFailed] = useState<{ readonly key: string; readonly error: unknown } | null>(null);
  const pages = usePages(state.list, "/engagements", ({ id }) => id, queryOf(state.key));
  useEffect(() => {
    if (asked === state.key || asked !== wanted) return;
    const stop = new AbortController();
    api
      .get<List>("/engagements", { query: queryOf(asked), signal: stop.signal })
      .then((list) => {
        setFailed(null);
        setState({ key: asked, list });
      })
      .catch((reason: unknown) => (stop.signal.aborted ? undefined : setFailed({ key: asked, error: reason })));
    return () => stop.abort();
  }, [asked, wanted, state.key]);
  const isThere = wanted === state.key;
  const failure = !isThere && failed?.key === wanted ? failed.error : null;
  return {
    ...pages,
    filters,
    // Nothing is added to what was found by other filters than those that were asked for in vain.
    older: failure ? null : pages.older,
    busy: isThere && pages.busy,
    searching: !isThere && !failure,
    error: failure ?? (isThere ? pages.error : null),
  };
}

/** The filters that are set, for a query. */
function queryOf(key: string): Readonly<Record<string, string>> {
  const values = JSON.parse(key) as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
