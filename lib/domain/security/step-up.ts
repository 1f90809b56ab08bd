/** How long having shown again who one is holds for a weighty act: five minutes, in milliseconds. */
export const STEP_UP_MS = 5 * 60_000;

/** How far the clock of another instance of the service may be ahead (milliseconds). */
const AHEAD_MS = 5_000;

/** Whether a step-up still holds. Both instants in milliseconds; null: none was made. */
export function isSteppedUp(stepUpAt: number | null, now: number): boolean {
  if (stepUpAt === null) return false;
  const age = now - stepUpAt;
  return age >= -AHEAD_MS && age < STEP_UP_MS;
}
