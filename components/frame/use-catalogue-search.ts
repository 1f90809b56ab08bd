"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import type { Collection } from "@/lib/contracts/paging";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A requirement as a search shows it. */
export interface FoundRequirement {
  readonly version: StandardVersion;
  readonly number: string;
  readonly title: string;
}

const MOST = 8;

/** Requirements of one version that answer a query of at least two characters; the latest query wins. */
export function useCatalogueSearch(
  query: string,
  version: StandardVersion,
): {
  readonly items: readonly FoundRequirement[];
  readonly busy: boolean;
} {
  const [wanted] = useDebouncedValue(query.trim(), 180);
  const [state, setState] = useState<{
    readonly query: string;
    readonly version: StandardVersion;
    readonly items: readonly FoundRequirement[];
  }>({ query: "", version, items: [] });
  useEffect(() => {
    if (wanted.length < 2) return;
    const stop = new AbortController();
    api
      .get<Collection<FoundRequirement>>("/catalogue/requirements", {
        query: { q: wanted, version },
        signal: stop.signal,
        retries: 0,
      })
      .then(({ items }) => setState({ query: wanted, version, items: items.slice(0, MOST) }))
      // A search that fails finds nothing; the palette's pages still work.
      .catch(() => (stop.signal.aborted ? undefined : setState({ query: wanted, version, items: [] })));
    return () => stop.abort();
  }, [wanted, version]);
  const relevant = query.trim().length >= 2;
  return {
    items: relevant && state.version === version ? state.items : [],
    busy: relevant && (state.query !== query.trim() || state.version !== version),
  };
}
