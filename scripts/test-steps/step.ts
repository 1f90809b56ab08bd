import { runProgram } from "../support/run-program";

/** What a step of `npm test` counted. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** Names of tests that were skipped. */
  readonly skipped: readonly string[];
  /** What to show when something failed. */
  readonly output: string;
}

/** A step of `npm test`. */
export interface Step {
  readonly name: string;
  /** Steps of other rows that have to be over before, by name. */
  readonly after?: readonly string[];
  readonly run: () => Promise<StepResult>;
}

/** A step that is one check: a program of Node's that ends with 0 when all is well. */
export function check(name: string, args: readonly string[], env: Record<string, string> = {}): Step {
  return {
    name,
    run: async () => {
      const { status, output } = await runProgram(process.execPath, args, { env });
      return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: [], output };
    },
  };
}
