"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import { isAborted } from "@/lib/client/errors";
import type { RequirementListDto, RequirementSummaryDto } from "@/lib/contracts/catalogue";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** Requirements of one version that answer a query; all of them for an empty one. `words` says what to wait for. */
export function useRequirementSearch(version: StandardVersion, query: string) {
  const [wanted] = useDebouncedValue(query.trim(), 180);
  const [items, setItems] = useState<readonly RequirementSummaryDto[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const stop = new AbortController();
    api
      .get<RequirementListDto>("/catalogue/requirements", { query: { version, q: wanted }, signal: stop.signal })
      .then((reply) => {
        setItems(reply.items);
        setError(null);
      })
      .catch((caught: unknown) => (isAborted(caught) ? undefined : setError(caught)));
    return () => stop.abort();
  }, [version, wanted]);
  const words = error ? null : items === null ? "Loading…" : items.length === 0 ? "Nothing found." : null;
  return { items: items ?? [], error, words };
}
