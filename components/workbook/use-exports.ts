"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useRef, useState } from "react";
import { exportTitle, isOpen } from "@/components/workbook/export-words";
import { api } from "@/lib/client/api";
import type { ExportDto, ExportListDto, ExportRequest } from "@/lib/contracts/export";

/** How often an open export is looked at (milliseconds). */
const LOOK_MS = 2_000;

/** One's own exports of an engagement, as the page knows them. */
export interface Exports {
  /** The newest first; null until they are known. */
  readonly items: readonly ExportDto[] | null;
  readonly request: (wanted: ExportRequest) => Promise<ExportDto>;
  /** Cancels what is open, and removes what is finished. */
  readonly end: (id: string) => Promise<ExportDto>;
}

/**
 * Knows the person's exports from the server, so that they are there again after a reload, and looks at them as long as
 * one is open. Nobody causes these looks, and they do not keep the session alive.
 * @param tells whether to say that an export came to its end; no while they are in view
 */
export function useExports(engagementId: string, tells: boolean): Exports {
  const [items, setItems] = useState<readonly ExportDto[] | null>(null);
  const known = useRef<ReadonlySet<string>>(new Set());
  const accept = useCallback(
    (next: readonly ExportDto[]) => {
      const ended = next.filter((one) => known.current.has(one.id) && !isOpen(one));
      known.current = new Set(next.filter(isOpen).map(({ id }) => id));
      setItems(next);
      if (tells) for (const one of ended) tell(one);
    },
    [tells],
  );
  const path = `/engagements/${encodeURIComponent(engagementId)}/exports`;
  const look = useCallback(
    (signal: AbortSignal) =>
      api
        .get<ExportListDto>(path, { signal, background: true, retries: 0 })
        .then((list) => accept(list.items))
        // The next look asks again.
        .catch(() => undefined),
    [path, accept],
  );
  const waits = items === null || items.some(isOpen);
  useEffect(() => {
    if (!waits) return;
    const ending = new AbortController();
    let looking = false;
    const lookNow = async () => {
      // One that waits for a sign-in gets no second one behind it.
      if (looking || document.visibilityState !== "visible") return;
      looking = true;
      await look(ending.signal);
      looking = false;
    };
    void lookNow();
    const timer = setInterval(() => void lookNow(), LOOK_MS);
    return () => {
      clearInterval(timer);
      ending.abort();
    };
  }, [waits, look]);
  const put = (one: ExportDto) => {
    if (isOpen(one)) known.current = new Set([...known.current, one.id]);
    // What the person ended is not told to them.
    else known.current = new Set([...known.current].filter((id) => id !== one.id));
    setItems((before) => [one, ...(before ?? []).filter(({ id }) => id !== one.id)].sort(byNewest));
    return one;
  };
  return {
    items,
    request: (wanted) => api.post<ExportDto>(path, wanted).then(put),
    end: (id) => api.delete<ExportDto>(`/exports/${encodeURIComponent(id)}`).then(put),
  };
}

function byNewest(a: ExportDto, b: ExportDto): number {
  return b.requestedAt.localeCompare(a.requestedAt) || b.id.localeCompare(a.id);
}

function tell(one: ExportDto): void {
  const title = exportTitle(one);
  if (one.state === "done") {
    notifications.show({ color: "green", title: `${title}: ready`, message: "It waits under Export, Your exports." });
  }
  if (one.state === "failed") {
    notifications.show({ color: "red", title: `${title}: failed`, message: one.note, autoClose: 9000 });
  }
}
