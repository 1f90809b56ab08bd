import type { ProofResult } from "./proof";

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

  /** The proof's result: it holds when nothing was found. */
  result(figure: string): ProofResult {
    const [first] = this.#all;
    if (first === undefined) return { holds: true, figure };
    return { holds: false, figure: `${figure}; ${this.#all.length} findings, the first: ${first}` };
  }
}
