"use client";

import { useCallback, useMemo, useState } from "react";
import { useRefresh } from "@/components/kit/refresh";
import { newest } from "@/components/workbook/newest";
import type { DispositionDto } from "@/lib/contracts/disposition";

/** The rows of a workbook with what this page has saved since it was loaded. */
export interface Rows {
  readonly rows: readonly DispositionDto[];
  /** Takes rows from a reply at once, and has the server read everything else anew. */
  readonly accept: (changed: readonly DispositionDto[]) => void;
}

/** Holds rows that were saved over those the server rendered, by version, until it renders newer ones. */
export function useRows(loaded: readonly DispositionDto[]): Rows {
  const refresh = useRefresh();
  const [saved, setSaved] = useState<readonly DispositionDto[]>([]);
  const rows = useMemo(() => newest(loaded, saved), [loaded, saved]);
  const accept = useCallback(
    (changed: readonly DispositionDto[]) => {
      setSaved((earlier) => [...earlier.filter(({ id }) => !changed.some((row) => row.id === id)), ...changed]);
      refresh();
    },
    [refresh],
  );
  return { rows, accept };
}
