"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useLayoutEffect, useTransition } from "react";

const RefreshContext = createContext<() => void>(() => undefined);

let isUnderWay = false;
const waiting = new Set<() => void>();

/**
 * Does something once no page is being read anew, at once where none is. Next loads the whole document when the address
 * changes while it reads a page anew, and what was typed or opened in it is gone.
 */
export function afterRefresh(work: () => void): void {
  if (isUnderWay) waiting.add(work);
  else work();
}

function end(): void {
  isUnderWay = false;
  const works = [...waiting];
  waiting.clear();
  for (const work of works) work();
}

/** Lets everything beneath have the page read anew, and knows how long that takes: it outlives whatever asked. */
export function RefreshProvider({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const refresh = useCallback(() => {
    // It begins with the call: the address may be changed before React hears of the transition.
    isUnderWay = true;
    startTransition(() => router.refresh());
  }, [router]);
  // Within the commit, so that nobody asks between the end and its being noticed.
  useLayoutEffect(() => {
    if (!pending) end();
  }, [pending]);
  return <RefreshContext value={refresh}>{children}</RefreshContext>;
}

/** Has the server read the page anew, while what is on it stays in use. Whoever changes the address waits for the end. */
export function useRefresh(): () => void {
  return useContext(RefreshContext);
}
