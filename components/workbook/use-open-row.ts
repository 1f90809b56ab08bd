"use client";

import { useCallback } from "react";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { DispositionDto } from "@/lib/contracts/disposition";

const OPEN = { row: "" };

/** The row whose drawer is open, by the address's `row`, so that it can be linked to. */
export function useOpenRow(rows: readonly DispositionDto[]) {
  const { values, set } = useUrlFilters(OPEN);
  const open = useCallback((id: string) => set({ row: id }), [set]);
  const close = useCallback(() => set({ row: "" }), [set]);
  return { row: rows.find(({ id }) => id === values.row) ?? null, open, close };
}
