import type { TextStore } from "@/components/worksheet/saving/unsent-text";

/** localStorage as a text store. A browser that forbids it holds nothing, and says so by `write`. */
export const browserStore: TextStore = {
  keys: () => guarded(() => Object.keys(localStorage), []),
  read: (key) => guarded(() => localStorage.getItem(key), null),
  write: (key, value) =>
    guarded(() => {
      localStorage.setItem(key, value);
      return true;
    }, false),
  remove: (key) => guarded(() => localStorage.removeItem(key), undefined),
};

function guarded<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

const LOCK = "countervail.visit.";

/**
 * Marks a visit as open for as long as the page lives or until `release` is called, so that another
 * tab does not take its unsent text for a crash's. Without the browser's locks nothing is marked.
 */
export function holdVisit(visitId: string): { readonly release: () => void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  if (navigator.locks) void navigator.locks.request(`${LOCK}${visitId}`, () => released);
  return { release };
}

/** The visits that are open in any tab of this browser. */
export async function openVisits(): Promise<ReadonlySet<string>> {
  if (!navigator.locks) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}

/** Waits until one of the open visits has ended; rejects when `signal` aborts. */
export async function visitEnded(visitId: string, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(`${LOCK}${visitId}`, { signal }, () => undefined);
}
