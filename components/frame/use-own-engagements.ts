"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import type { Page } from "@/lib/contracts/paging";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

const MOST = 20;
const NONE: readonly OwnEngagementDto[] = [];

/**
 * The person's engagements whose name has a query in it; without one those that come with the person. Where there are more
 * than came, the server is asked as one types, and the latest query wins.
 */
export function useOwnEngagements(
  me: Pick<MeDto, "engagements" | "moreEngagements"> | null,
  query: string,
): {
  readonly items: readonly OwnEngagementDto[];
  readonly busy: boolean;
} {
  const wanted = query.trim();
  const [asked] = useDebouncedValue(wanted, 180);
  const [found, setFound] = useState({ query: "", items: NONE });
  const asks = me?.moreEngagements === true;
  useEffect(() => {
    if (!asks || asked === "") return;
    const stop = new AbortController();
    api
      .get<Page<OwnEngagementDto>>("/me/engagements", {
        query: { q: asked, limit: MOST },
        signal: stop.signal,
        retries: 0,
      })
      .then(({ items }) => setFound({ query: asked, items }))
      // A search that fails finds nothing; the list of all engagements still works.
      .catch(() => (stop.signal.aborted ? undefined : setFound({ query: asked, items: NONE })));
    return () => stop.abort();
  }, [asks, asked]);
  const known = me?.engagements ?? NONE;
  if (wanted === "") return { items: known, busy: false };
  if (asks && found.query === wanted) return { items: found.items, busy: false };
  // While one types on, what is known or was found so far stays, as far as it fits.
  const here = new Map([...known, ...(asks ? found.items : NONE)].map((one) => [one.id, one]));
  const has = ({ name }: OwnEngagementDto) => name.toLowerCase().includes(wanted.toLowerCase());
  return { items: [...here.values()].filter(has), busy: asks };
}
