/** How long a lane is left alone that another worker was found to be at (milliseconds). */
const ELSEWHERE_MS = 500;
/** How long after a first failure of ours, and at most after many (milliseconds). */
const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** How long after its pause a failure counts for the next one (milliseconds). */
const REMEMBERED_MS = 10 * 60_000;

interface Pause {
  readonly until: number;
  /** How often in a row something went wrong here. */
  readonly failures: number;
}

/**
 * Lanes that a worker leaves alone for a while: because another one is at them, or because something of ours went wrong.
 * What was sent and could not be noted is sent again, and without a pause that would be a storm. Instants are milliseconds
 * of a clock that only goes on.
 */
export class LanePauses {
  readonly #pauses = new Map<string, Pause>();

  /** Another worker is at it. */
  elsewhere(name: string, now: number): void {
    const failures = this.#pauses.get(name)?.failures ?? 0;
    this.#pauses.set(name, { until: now + ELSEWHERE_MS, failures });
  }

  /** Something went wrong: each time in a row it is left alone for twice as long. @returns for how long (milliseconds) */
  failed(name: string, now: number): number {
    const failures = (this.#pauses.get(name)?.failures ?? 0) + 1;
    const pause = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
    this.#pauses.set(name, { until: now + pause, failures });
    return pause;
  }

  /** It went well. */
  went(name: string): void {
    this.#pauses.delete(name);
  }

  has(name: string, now: number): boolean {
    return (this.#pauses.get(name)?.until ?? now) > now;
  }

  /** Lets go of what nobody asks for any more. */
  forget(now: number): void {
    for (const [name, { until, failures }] of this.#pauses) {
      if (until + (failures > 0 ? REMEMBERED_MS : 0) <= now) this.#pauses.delete(name);
    }
  }
}
