"use client";

import { useCallback, useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import { isAborted } from "@/lib/client/errors";
import type { SendOptions } from "@/lib/client/send";
import type { FactorsDto } from "@/lib/contracts/factors";

/** What the person can show, read once it is wanted. `options` has to stay the same object. */
export function useOwnFactors(options: SendOptions, wanted = true) {
  const [factors, setFactors] = useState<FactorsDto | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(
    async (signal?: AbortSignal) => {
      setError(null);
      try {
        setFactors(await api.get<FactorsDto>("/me/factors", { ...options, ...(signal ? { signal } : {}) }));
      } catch (caught) {
        if (!isAborted(caught)) setError(caught);
      }
    },
    [options],
  );
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    void load(stop.signal);
    return () => stop.abort();
  }, [load, wanted]);
  return { factors, error, reload: () => void load() };
}
