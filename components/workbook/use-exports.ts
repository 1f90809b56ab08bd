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
  /** Brings older ones; null where there are none. */
  readonly more: (() => Promise<void>) | null;
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
  const [cursor, setCursor] = useState<string | null>(null);
  const known = useRef<ReadonlySet<string>>(new Set());
  const first = useRef(true);
  const accept = useCallback(
    (next: readonly ExportDto[]) => {
      const ended = next.filter((one) => known.current.has(one.id) && !isOpen(one));
      known.current = new Set(next.filter(isOpen).map(({ id }) => id));
      setItems((before) => together(next, before ?? []));
      if (tells) for (const one of ended) tell(one);
    },
    [tells],
  );
  const path = `/engagements/${encodeURIComponent(engagementId)}/exports`;
  const look = useCallback(
    (signal: AbortSignal) =>
      api
        .get<ExportListDto>(path, { signal, background: true, retries: 0 })
        .then(async ({ items: newest, nextCursor }) => {
          // An open one may stand behind so many newer ones that it is on a later page.
          const behind = [...known.current].filter((id) => !newest.some((one) => one.id === id));
          const asked = behind.map((id) => api.get<ExportDto>(pathOf(id), { signal, background: true, retries: 0 }));
          const others = (await Promise.allSettled(asked)).flatMap((one) =>
            one.status === "fulfilled" ? [one.value] : [],
          );
          if (first.current) setCursor(nextCursor);
          first.current = false;
          accept([...newest, ...others]);
        })
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
    setItems((before) => together([one], before ?? []));
    return one;
  };
  const more = async (after: string) => {
    const { items: older, nextCursor } = await api.get<ExportListDto>(path, { query: { cursor: after } });
    setItems((before) => together(older, before ?? []));
    setCursor(nextCursor);
  };
  return {
    items,
    more: cursor === null ? null : () => more(cursor),
    request: (wanted) => api.post<ExportDto>(path, wanted).then(put),
    end: (id) => api.delete<ExportDto>(pathOf(id)).then(put),
  };
}

function pathOf(id: string): string {
  return `/exports/${encodeURIComponent(id)}`;
}

/** What came now in the place of what was known of the same, and the rest. */
function together(now: readonly ExportDto[], before: readonly ExportDto[]): readonly ExportDto[] {
  const rest = before.filter(({ id }) => !now.some((one) => one.id === id));
  return [...now, ...rest].sort(byNewest);
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
