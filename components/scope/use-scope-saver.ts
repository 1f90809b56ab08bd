"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useRefresh } from "@/components/kit/refresh";
import { ScopeQueue } from "@/components/scope/scope-queue";
import { api } from "@/lib/client/api";
import { NetworkError } from "@/lib/client/errors";
import type { ScopeDto, ScopeSavedDto } from "@/lib/contracts/scope-result";
import type { ScopeChange } from "@/lib/domain/keys/compare";
import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";

/** How saving stands. `conflicts` are answers that somebody else gave differently meanwhile. */
export interface ScopeSaving {
  readonly state: "idle" | "saving" | "saved" | "failed";
  readonly error: unknown;
  readonly changes: readonly ScopeChange[];
  readonly conflicts: readonly AnswerName[];
}

const PAUSE = 500;
const RETRY_OFFLINE = 4000;

/**
 * Saves answers as one goes. When somebody else saved first, both sets are put together; `onMerged` shows them.
 * Without a connection it tries again by itself, and leaving the site with unsaved answers asks first.
 */
export function useScopeSaver(engagementId: string, scope: ScopeDto, onMerged: (answers: ScopeAnswers) => void) {
  const [saving, setSaving] = useState<ScopeSaving>({ state: "idle", error: null, changes: [], conflicts: [] });
  const refresh = useRefresh();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [queue] = useState(
    () =>
      new ScopeQueue(
        scope,
        (body) => api.put<ScopeSavedDto>(`/engagements/${engagementId}/scope`, body, { retries: 0 }),
        {
          onSaving: () => setSaving((now) => ({ ...now, state: "saving", error: null })),
          onSaved: ({ changes }, more) => setSaving((now) => ({ ...now, state: more ? "saving" : "saved", changes })),
          onMerged: (answers, conflicts) => {
            onMerged(answers);
            setSaving((now) => ({ ...now, conflicts: [...new Set([...now.conflicts, ...conflicts])] }));
          },
        },
      ),
  );

  const send = useCallback(async () => {
    clearTimeout(timer.current);
    try {
      await queue.drain();
    } catch (error) {
      setSaving((now) => ({ ...now, state: "failed", error }));
      if (error instanceof NetworkError) timer.current = setTimeout(() => void send(), RETRY_OFFLINE);
    }
    return queue.idle;
  }, [queue]);

  const save = useCallback(
    (answers: ScopeAnswers) => {
      queue.want(answers);
      // From now on, and not only once it is sent: what waits is not saved.
      setSaving((now) => ({ ...now, state: "saving", error: null }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), PAUSE);
    },
    [queue, send],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!queue.idle) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      // Leaving for another page of ours does not lose the last answer, and that page may have been read before it.
      if (!queue.idle) void send().then(refresh);
    };
  }, [queue, refresh, send]);
  return { saving, save, flush: send };
}
