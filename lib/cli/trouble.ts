/** Something in a file that cannot be sent as it stands. */
export interface Trouble {
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong and what to do, as a sentence. */
  readonly message: string;
}

/** Sorts troubles by their lines. */
export function byLine(troubles: readonly Trouble[]): readonly Trouble[] {
  return [...troubles].sort((a, b) => a.line - b.line);
}
