import { isProblem } from "@/lib/client/errors";

/** Whoever looks after the session of the page's person. */
export interface SessionKeeper {
  /** The id of the person that the page was made for. */
  readonly personId: string;
  /**
   * Told by a request that found no session; resolves once that person is signed in again.
   * @throws the browser's AbortError when the signal fired
   */
  readonly signedIn: (signal: AbortSignal | undefined) => Promise<void>;
}

/** How often one request waits for a sign-in. More would mean that signing in does not help. */
const MOST_WAITS = 3;

let keeper: SessionKeeper | null = null;

/** Names the page's keeper; pages without a person have none. @returns what takes it away again */
export function keepSession(next: SessionKeeper): () => void {
  keeper = next;
  return () => {
    if (keeper === next) keeper = null;
  };
}

/** The id of the person that the page was made for, which requests carry; null on pages for everybody. */
export function personOnPage(): string | null {
  return keeper?.personId ?? null;
}

/**
 * Does something that takes a session. When there is none any more it waits for the person to sign in, and does it
 * again, so that nothing that was asked for is lost.
 */
export async function heldUntilSignedIn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await work();
    } catch (error) {
      const ended = isProblem(error, "sign_in_required", "second_factor_required");
      if (!ended || !keeper || waits === MOST_WAITS) throw error;
      await keeper.signedIn(signal);
    }
  }
}
