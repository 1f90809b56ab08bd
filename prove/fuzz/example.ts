import type { Party, Stage } from "./stage";

/** A request that is right as it is. */
export interface Asked {
  readonly by?: Party;
  /** Parts of the address, by the parameter's name. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
}

/** How to ask a handler rightly, whatever was asked before. `turn` counts, so that an example can vary. */
export interface Example {
  readonly ask: (stage: Stage, turn: number) => Promise<Asked> | Asked;
  /** The code of the refusal that the example may get, where it can succeed only once or not here. */
  readonly refusal?: string;
}
