import { stripVTControlCharacters } from "node:util";
import { runProgram } from "../support/run-program";

/** How much of a failure is told again. */
const LINES_TOLD = 16;

/** What a step of `npm test` counted. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** Names of tests that were skipped. */
  readonly skipped: readonly string[];
  /** What to show when something failed. */
  readonly output: string;
  /** What failed and why, a few lines each, to be told again at the end of the run. */
  readonly failures: readonly string[];
}

/** A step of `npm test`. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<StepResult>;
}

/** A step that is one check: a program of Node's that ends with 0 when all is well. */
export function check(name: string, args: readonly string[], env: Record<string, string> = {}): Step {
  return {
    name,
    run: async () => {
      const { status, output } = await runProgram(process.execPath, args, { env });
      if (status === 0) return { passed: 1, failed: 0, skipped: [], output, failures: [] };
      return { passed: 0, failed: 1, skipped: [], output, failures: [lastWords(output)] };
    },
  };
}

/** The first lines of what a failure says, without colours. */
export function firstWords(text: string): string {
  return linesOf(text).slice(0, LINES_TOLD).join("\n");
}

/** The last lines of what a program printed, without colours. */
export function lastWords(text: string): string {
  return linesOf(text).slice(-LINES_TOLD).join("\n");
}

function linesOf(text: string): string[] {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "" && !line.includes("/node_modules/"));
}
