/** How a proof is to be run. */
export interface ProofOptions {
  /** The short form that runs with every `npm test`: the same claims, fewer rounds. */
  readonly short: boolean;
  /** Seed of all randomness; the same seed gives the same choices. */
  readonly seed: number;
  /** A folder that stands in for a proof's own corpus. */
  readonly corpus?: string;
}

/** What a proof found. */
export interface ProofResult {
  readonly holds: boolean;
  /** System programs that were missing, so that part of it could not be tried. */
  readonly lacks?: readonly string[];
  /** The figure in a few words, one line: what was tried how often, and what came out. */
  readonly figure: string;
}

/** A module in prove/ exports one of these as `prove`. It starts what it needs and leaves nothing behind. */
export type Proof = (options: ProofOptions) => Promise<ProofResult>;
