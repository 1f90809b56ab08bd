/** Wrong codes in all, across locks, after which only an admin unlocks: a known password buys no endless guessing. */
export const MAX_WRONG_CODES = 20;

/** How long an attempt may be under way before it is taken for lost, milliseconds. */
export const ATTEMPT_PATIENCE_MS = 15_000;

/** What a lock looks like to an admin. */
export interface GuardState {
  readonly lockedUntil: Date | null;
  readonly wrongCodes: number;
}

/** Whether no attempt is taken at an instant. */
export function isLocked({ lockedUntil, wrongCodes }: GuardState, now: Date): boolean {
  return wrongCodes >= MAX_WRONG_CODES || (lockedUntil !== null && lockedUntil > now);
}
