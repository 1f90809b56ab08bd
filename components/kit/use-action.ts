"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useRef, useState } from "react";
import { problemWords } from "@/components/kit/problem-words";
import { useStepUp } from "@/components/kit/step-up";

/** An action of the page: `run` it, show `busy`, show `error` in a ProblemAlert. */
export interface Action {
  /** Runs once at a time. Resolves to the action's value, or to undefined when it failed or was given up. */
  readonly run: <T>(action: () => Promise<T>) => Promise<T | undefined>;
  readonly busy: boolean;
  /** The last failure, for ProblemAlert; null while none. */
  readonly error: unknown;
  readonly clear: () => void;
}

/**
 * State of an action against the API. Asks the person to show again that it is them where the server wants it. With `notify`
 * failures also appear as a notification, for buttons that have no room for a ProblemAlert.
 */
export function useAction({ notify = false }: { readonly notify?: boolean } = {}): Action {
  const withStepUp = useStepUp();
  const running = useRef(false);
  const startedAt = useRef<Element | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = useCallback(
    async <T>(action: () => Promise<T>): Promise<T | undefined> => {
      if (running.current) return undefined;
      running.current = true;
      startedAt.current = document.activeElement;
      setBusy(true);
      setError(null);
      try {
        return await withStepUp(action);
      } catch (caught) {
        setError(caught);
        const words = notify ? problemWords(caught) : null;
        if (words) {
          const message = [words.detail, words.advice].filter(Boolean).join(" ");
          notifications.show({ color: "red", title: words.title, message, autoClose: 9000 });
        }
        return undefined;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [withStepUp, notify],
  );
  // A button that shows progress is disabled meanwhile and loses the focus; it gets it back.
  useEffect(() => {
    const { current } = startedAt;
    if (busy || !(current instanceof HTMLElement)) return;
    startedAt.current = null;
    if (document.activeElement === document.body && current.isConnected) current.focus({ preventScroll: true });
  }, [busy]);
  const clear = useCallback(() => setError(null), []);
  return { run, busy, error, clear };
}
