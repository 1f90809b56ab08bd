"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/lib/client/api";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** A pause after a save before reading the worksheet anew, in milliseconds: saves come in rows. */
const AFTER_SAVE = 1500;

/** The worksheet of the page, kept as new as it needs to be. */
export interface WorksheetHold {
  readonly worksheet: WorksheetDto;
  /** Shows what an action replied. */
  readonly put: (worksheet: WorksheetDto) => void;
  /** Reads the worksheet anew; failures leave it as it is. */
  readonly refresh: () => Promise<void>;
  /** Reads it anew after a pause; further calls start the pause again. */
  readonly refreshSoon: () => void;
}

/**
 * Holds the worksheet that came with the page; it is read anew when the window gets the focus and
 * after saves, never by a clock.
 */
export function useWorksheet(initial: WorksheetDto): WorksheetHold {
  const [worksheet, put] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = useCallback(async () => {
    try {
      const read = await api.get<WorksheetDto>(`/worksheets/${initial.id}`, { retries: 0 });
      // What was asked for before a move may come back after it.
      put((now) => (read.version < now.version ? now : read));
    } catch {
      // What is shown stays; whoever saves or acts hears of it.
    }
  }, [initial.id]);
  const refreshSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void refresh(), AFTER_SAVE);
  }, [refresh]);

  useEffect(() => {
    const onFocus = () => void refresh();
    window.addEventListener("focus", onFocus);
    return () => {
      window.removeEventListener("focus", onFocus);
      clearTimeout(timer.current);
    };
  }, [refresh]);
  return { worksheet, put, refresh, refreshSoon };
}
