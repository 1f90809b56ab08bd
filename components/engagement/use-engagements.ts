"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
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

/** A list that begins with what the server found by the filters of the address, and asks it again when they change. */
export function useEngagements(first: List): Engagements {
  const filters = useUrlFilters(FILTERS);
  const { q, version } = filters.values;
  const wanted = JSON.stringify({ q: q.trim(), version });
  const [asked] = useDebouncedValue(wanted, 180);
  const [state, setState] = useState<{ readonly key: string; readonly list: List }>({ key: wanted, list: first });
  const [failed, setFailed] = useState<{ readonly key: string; readonly error: unknown } | null>(null);
  const pages = usePages(state.list, "/engagements", ({ id }) => id, queryOf(state.key));
  useEffect(() => {
    if (asked === state.key) return;
    const stop = new AbortController();
    api
      .get<List>("/engagements", { query: queryOf(asked), signal: stop.signal })
      .then((list) => {
        setFailed(null);
        setState({ key: asked, list });
      })
      .catch((reason: unknown) => (stop.signal.aborted ? undefined : setFailed({ key: asked, error: reason })));
    return () => stop.abort();
  }, [asked, state.key]);
  const failure = failed?.key === wanted ? failed.error : null;
  return {
    ...pages,
    filters,
    searching: wanted !== state.key && !failure,
    error: failure ?? pages.error,
  };
}

/** The filters that are set, for a query. */
function queryOf(key: string): Readonly<Record<string, string>> {
  const values = JSON.parse(key) as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
