import { readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "./machine";
import { type BenchResult, type Check, holds } from "./result";

/** A benchmark's part of the file. */
interface Kept extends Omit<BenchResult, "checks"> {
  /** When it ended, and how long it took in seconds. */
  readonly at: string;
  readonly seconds: number;
  readonly machine: Machine;
  readonly checks: readonly (Check & { readonly holds: boolean | undefined })[];
}

/** What a benchmark gave, with what there is to know about the machine. @param begun as `machine()` was before it */
export function keptOf(result: BenchResult, begun: Machine, seconds: number): Kept {
  const checks = result.checks.map((check) => ({ ...check, holds: holds(check) }));
  return { at: new Date().toISOString(), seconds: Math.round(seconds), machine: begun, ...result, checks };
}

/** Puts a benchmark's figures into the file, in the place of its earlier ones and beside those of others. */
export function keepResult(file: string, name: string, kept: Kept): void {
  writeFileSync(file, `${JSON.stringify({ ...read(file), [name]: kept }, null, 2)}\n`);
}

function read(file: string): object {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as object;
  } catch {
    // There are none yet.
    return {};
  }
}
