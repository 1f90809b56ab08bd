"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState, useTransition } from "react";
import { newest } from "@/components/workbook/newest";
import type { DispositionDto } from "@/lib/contracts/disposition";

/** The rows of a workbook with what this page has saved since it was loaded. */
export interface Rows {
  readonly rows: readonly DispositionDto[];
  /**
   * Takes rows from a reply at once, and has the server read everything else anew. With `quiet` it does not: the page that
   * comes then begins anew when its address has changed meanwhile, which would take an open dialog with it.
   */
  readonly accept: (changed: readonly DispositionDto[], quiet?: boolean) => void;
}

/** Holds rows that were saved over those the server rendered, by version, until it renders newer ones. */
export function useRows(loaded: readonly DispositionDto[]): Rows {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [saved, setSaved] = useState<readonly DispositionDto[]>([]);
  const rows = useMemo(() => newest(loaded, saved), [loaded, saved]);
  const accept = useCallback(
    (changed: readonly DispositionDto[], quiet = false) => {
      setSaved((earlier) => [...earlier.filter(({ id }) => !changed.some((row) => row.id === id)), ...changed]);
      if (!quiet) startTransition(() => router.refresh());
    },
    [router],
  );
  return { rows, accept };
}
