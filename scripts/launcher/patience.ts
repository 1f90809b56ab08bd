const RESTARTS = 5;
const WINDOW = 60_000;

/** Counts restarts: more than five in a minute are no accident any more. */
export class Patience {
  #times: number[] = [];

  /** Notes a restart. @returns whether there were too many */
  isOver(now = Date.now()): boolean {
    this.#times = [...this.#times.filter((time) => now - time < WINDOW), now];
    return this.#times.length > RESTARTS;
  }
}
