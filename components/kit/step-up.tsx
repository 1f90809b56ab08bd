"use client";

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { lazyPart, useFetchedSoon } from "@/components/kit/lazy-part";
import { Cancelled, isProblem } from "@/lib/client/errors";

type WithStepUp = <T>(action: () => Promise<T>) => Promise<T>;

/** Few pages ever ask, and it brings a form with all that checks one. */
const StepUpModal = lazyPart(() => import("@/components/kit/step-up-modal").then((module) => module.StepUpModal), {
  what: "The question whether it is you",
});

const SOON = [StepUpModal];

const StepUpContext = createContext<WithStepUp>((action) => action());

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Holds the one dialog that asks a person to show again that it is them. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const [asked, setAsked] = useState(false);
  const waiting = useRef<Waiting[]>([]);

  const ask = useCallback(() => {
    setAsked(true);
    setOpened(true);
    return new Promise<void>((resolve, reject) => waiting.current.push({ resolve, reject }));
  }, []);
  const finish = useCallback((each: (one: Waiting) => void) => {
    setOpened(false);
    const all = waiting.current;
    waiting.current = [];
    for (const one of all) each(one);
  }, []);
  const withStepUp = useCallback<WithStepUp>(
    async (action) => {
      try {
        return await action();
      } catch (error) {
        if (!isProblem(error, "step_up_required")) throw error;
        await ask();
        return await action();
      }
    },
    [ask],
  );
  useFetchedSoon(SOON);
  const cancel = () => finish((one) => one.reject(new Cancelled()));
  return (
    <StepUpContext value={withStepUp}>
      {children}
      {asked ? (
        <StepUpModal
          opened={opened}
          onDone={() => finish((one) => one.resolve())}
          onCancel={cancel}
          onLeave={() => {
            setAsked(false);
            cancel();
          }}
        />
      ) : null}
    </StepUpContext>
  );
}

/**
 * Runs an action that may ask the person to show again that it is them: `await withStepUp(() => api.post(…))`. When the server answers
 * `step_up_required` the dialog opens and the action is run once more; closing the dialog throws `Cancelled`.
 * The action must make its idempotency key anew on each run (the client does, unless told otherwise).
 */
export function useStepUp(): WithStepUp {
  return useContext(StepUpContext);
}
