"use client";

import { useCallback, useEffect, useState } from "react";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { DispositionDto } from "@/lib/contracts/disposition";

const OPEN = { row: "" };

/**
 * The row whose drawer is open, by the address's `row`, so that it can be linked to. It is held here too: a router that has
 * read the page anew puts back the address of when it began, and a drawer that is gone for that moment loses what was typed.
 */
export function useOpenRow(rows: readonly DispositionDto[]) {
  const { values, set } = useUrlFilters(OPEN);
  const [shown, setShown] = useState(values.row);
  const open = useCallback(
    (id: string) => {
      setShown(id);
      set({ row: id });
    },
    [set],
  );
  const close = useCallback(() => open(""), [open]);
  useEffect(() => {
    const follow = () => setShown(new URLSearchParams(window.location.search).get("row") ?? "");
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  return { row: rows.find(({ id }) => id === shown) ?? null, open, close };
}
