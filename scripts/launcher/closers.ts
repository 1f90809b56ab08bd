/** What has to be stopped at the end, last started first. */
export class Closers {
  readonly #steps: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;

  /** Whether the end has begun: what stops from now on stops because we want it to. */
  get isClosing(): boolean {
    return this.#running !== undefined;
  }

  /** Adds a step. @returns takes it out again */
  add(step: () => Promise<void>): () => void {
    this.#steps.push(step);
    return () => {
      const index = this.#steps.indexOf(step);
      if (index >= 0) this.#steps.splice(index, 1);
    };
  }

  /** Runs all steps, once, whoever calls first. A step that fails is reported and the others still run. */
  close(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
    }
  }
}
