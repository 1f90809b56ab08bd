import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { OperatorError } from "@/lib/operator-error";
import { machine } from "../bench/support/machine";
import type { BenchResult } from "../bench/support/result";
import { keepResult, keptOf } from "../bench/support/results-file";
import { tableOf } from "../bench/support/table";
import { generateClient } from "./support/prisma-client";
import { ROOT } from "./support/run-program";

/**
 * `npm run bench -- [NAME…]`: runs the benchmarks in bench/ of that name, or all, one after the other, prints one table of
 * what they measured and writes `bench/results.json`, where earlier figures of benchmarks that did not run stay.
 * @returns 1 when a benchmark did not come to its end; a bar that does not hold is told in the table alone
 */
export async function main(wanted: string[]): Promise<number> {
  const files = await readdir(join(ROOT, "bench")).catch(() => []);
  const known = files.filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new OperatorError(`There is no benchmark "${unknown}"; there are: ${known.join(", ")}.`);
  await generateClient();
  const results: BenchResult[] = [];
  const failed: string[] = [];
  for (const name of wanted.length > 0 ? wanted : known.sort()) {
    try {
      results.push(await runBenchmark(name));
    } catch (error) {
      // What the others measured is worth having.
      console.error(error);
      failed.push(name);
    }
  }
  const { processors, model, node, load } = machine();
  console.log(`${processors} × ${model}, Node.js ${node}, load ${load}\n\n${tableOf(results)}`);
  if (failed.length > 0) console.error(`Not measured: ${failed.join(", ")}.`);
  return failed.length > 0 ? 1 : 0;
}

async function runBenchmark(name: string): Promise<BenchResult> {
  const begun = machine();
  const started = performance.now();
  const { bench } = (await import(join(ROOT, "bench", `${name}.ts`))) as { bench: () => Promise<BenchResult> };
  const result = await bench();
  const seconds = (performance.now() - started) / 1000;
  keepResult(join(ROOT, "bench", "results.json"), name, keptOf(result, begun, seconds));
  console.error(`${name}: ${Math.round(seconds)} s`);
  return result;
}
