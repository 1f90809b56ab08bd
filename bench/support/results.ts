import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/support/run-program";

/** Puts the figures of a benchmark beside those of others, in `bench/results.json`. */
export function saveResults(name: string, figures: object): void {
  const file = join(ROOT, "bench", "results.json");
  mkdirSync(join(ROOT, "bench"), { recursive: true });
  let all: Record<string, unknown> = {};
  try {
    all = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch {
    // There were none yet.
  }
  const own = { at: new Date().toISOString(), node: process.version, processors: cpus().length, ...figures };
  writeFileSync(file, `${JSON.stringify({ ...all, [name]: own }, null, 2)}\n`);
}
