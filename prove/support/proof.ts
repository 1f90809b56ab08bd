/** How a proof is run. */
export interface ProofOptions {
  /** The short form, which `npm test` runs: fewer cases, seconds instead of minutes. */
  readonly short: boolean;
  /** Everything random follows from this number. */
  readonly seed: number;
}

/** What a proof found. */
export interface ProofOutcome {
  readonly holds: boolean;
  /** One line: what was counted, and when it falls short, the first thing that is wrong. */
  readonly figure: string;
}

/** A proof: `prove/NAME.ts` exports one under the name `prove`. */
export type Proof = (options: ProofOptions) => Promise<ProofOutcome>;

/** Collects what is wrong, so that one run shows more than the first finding. */
export class Findings {
  readonly #all: string[] = [];

  /** Notes something wrong. */
  add(finding: string): void {
    this.#all.push(finding);
    if (this.#all.length <= 20) console.error(`  ${finding}`);
  }

  /** Notes something wrong unless the condition holds. */
  expect(condition: boolean, finding: string): void {
    if (!condition) this.add(finding);
  }

  /** The proof's outcome: it holds when nothing was found. */
  outcome(figure: string): ProofOutcome {
    const [first] = this.#all;
    if (first === undefined) return { holds: true, figure };
    return { holds: false, figure: `${figure}; ${this.#all.length} findings, the first: ${first}` };
  }
}
