import { randomInt } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "@/lib/operator-error";
import { endSharedApp } from "../prove/support/app";
import type { Proof, ProofOptions } from "../prove/support/proof";
import { ROOT } from "./support/run-program";

/** The seed of short forms, so that `npm test` does the same each time. */
const USUAL_SEED = 20_261_124;

/**
 * `npm run prove -- NAME… [--short] [--seed=NUMBER]`: runs the proofs named, or all, one after the other against the
 * built app, and prints one line for each.
 * @returns 0 when all hold
 */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { short: { type: "boolean", default: false }, seed: { type: "string" } },
  });
  const names = await namesOf(positionals);
  const usual = values.short ? USUAL_SEED : randomInt(2 ** 31);
  const options: ProofOptions = { short: values.short, seed: readSeed(values.seed) ?? usual };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void endSharedApp().finally(() => process.exit(1)));
  }
  console.log(`Seed ${options.seed}${options.short ? ", short forms" : ""}.`);
  let fallen = 0;
  try {
    for (const name of names) if (!(await runOne(name, options))) fallen += 1;
  } finally {
    await endSharedApp();
  }
  return fallen === 0 ? 0 : 1;
}

async function runOne(name: string, options: ProofOptions): Promise<boolean> {
  const started = Date.now();
  const { holds, figure } = await (async () => {
    try {
      const { prove } = (await import(`../prove/${name}.ts`)) as { prove: Proof };
      return await prove(options);
    } catch (error) {
      console.error(error);
      return { holds: false, figure: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
    }
  })();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${holds ? "holds" : "falls short"}, ${figure} (${seconds} s)`);
  return holds;
}

/** The proofs asked for, or all there are. @throws OperatorError for a name that is none */
async function namesOf(asked: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(join(ROOT, "prove"), { withFileTypes: true });
  const known = entries
    .filter((entry) => entry.isFile() && /^[a-z-]+\.ts$/.test(entry.name))
    .map((entry) => entry.name.slice(0, -3))
    .sort();
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new OperatorError(`There is no proof "${unknown}": there are ${known.join(", ")}.`);
  return asked.length > 0 ? asked : known;
}

function readSeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new OperatorError("A seed is a whole number.");
  return Number(text);
}
