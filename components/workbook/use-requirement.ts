"use client";

import { useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** What the catalogue says about one number; null until it is there, or when it cannot be read. */
export function useRequirement(version: StandardVersion, number: string): RequirementDetailDto | null {
  const [detail, setDetail] = useState<RequirementDetailDto | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    setDetail(null);
    api
      .get<RequirementDetailDto>(`/catalogue/requirements/${version}/${encodeURIComponent(number)}`, {
        signal: stop.signal,
      })
      .then(setDetail)
      // The server judges each choice anyway; without the catalogue it is only not explained ahead.
      .catch(() => undefined);
    return () => stop.abort();
  }, [version, number]);
  return detail;
}
