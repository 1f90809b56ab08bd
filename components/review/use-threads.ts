"use client";

import { useCallback, useState } from "react";
import type { ThreadAnchor } from "@/components/review/anchors";

import { api } from "@/lib/client/api";
import type { Collection } from "@/lib/contracts/paging";
import type { ThreadDto } from "@/lib/contracts/review";

/** What somebody writes to begin a thread. Private threads are seen by the writer's own company only. */
export interface NewThread extends ThreadAnchor {
  readonly visibility: "shared" | "private";
  readonly body: string;
}

/** The threads of a worksheet and what can be done with them; every call throws what the API throws. */
export interface Threads {
  readonly all: readonly ThreadDto[];
  readonly open: (thread: NewThread) => Promise<void>;
  readonly reply: (threadId: string, body: string) => Promise<void>;
  readonly setResolved: (threadId: string, resolved: boolean) => Promise<void>;
  /** Reads them anew, for instance after a move. */
  readonly reload: () => Promise<void>;
}

/** Holds the threads of one worksheet, beginning with those that came with the page. */
export function useThreads(worksheetId: string, initial: readonly ThreadDto[]): Threads {
  const [all, setAll] = useState(initial);

  const put = useCallback((next: ThreadDto) => {
    setAll((old) =>
      old.some(({ id }) => id === next.id) ? old.map((one) => (one.id === next.id ? next : one)) : [...old, next],
    );
  }, []);
  const open = useCallback(
    async (thread: NewThread) => put(await api.post<ThreadDto>(`/worksheets/${worksheetId}/threads`, thread)),
    [worksheetId, put],
  );
  const reply = useCallback(
    async (threadId: string, body: string) => put(await api.post<ThreadDto>(`/threads/${threadId}/comments`, { body })),
    [put],
  );
  const setResolved = useCallback(
    async (threadId: string, resolved: boolean) =>
      put(await api.put<ThreadDto>(`/threads/${threadId}/state`, { resolved })),
    [put],
  );
  const reload = useCallback(async () => {
    setAll((await api.get<Collection<ThreadDto>>(`/worksheets/${worksheetId}/threads`)).items);
  }, [worksheetId]);
  return { all, open, reply, setResolved, reload };
}
