import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "@/lib/operator-error";
import { endSharedApps, lastWordsOfSharedApp, withSharedApp } from "@/prove/support/app";
import type { Proof, ProofOptions, ProofResult } from "@/prove/support/proof";
import { buildWhenChanged } from "./launcher/build";
import { Closers } from "./launcher/closers";
import { generateClient } from "./support/prisma-client";
import { ROOT } from "./support/run-program";

/** How many rows of proofs in short form run beside each other, each with an app of its own. */
const ROWS = 3;
/** Begun first in short form, so that none of the rows has to wait for the others in the end. */
const LONGEST = [
  ...["contract", "matrix", "move", "fuzz", "isolation", "rls", "rotation", "sessions", "headers", "totp", "resume"],
  ...["proxy", "concurrent-saves"],
];
/** Measures time, so that nothing may run beside it. */
const ALONE = ["timing"];

/**
 * `npm run prove -- [--short] [--seed=N] [--corpus FOLDER] [NAME…]`: runs the long proofs of that name, or all, one after the other, each
 * against the built app; short ones in rows beside each other. Each ends with one line, `NAME: holds, FIGURE` or
 * `NAME: falls short, FIGURE`.
 * @returns 0 when all hold
 */
export async function main(args: string[]): Promise<number> {
  const { options, names: wanted } = readArguments(args);
  const { short, seed } = options;
  const names = await chosen(wanted);
  await generateClient();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void endSharedApps().finally(() => process.exit(1)));
  }
  console.log(`Seed ${seed}${short ? ", short forms" : ""}.`);
  // Whoever comes first would build; two may not at once.
  await buildWhenChanged(new Closers());
  let failures = 0;
  for (const { queue, rows } of short ? shortPlan(names) : [{ queue: [...names], rows: 1 }]) {
    const row = () => withSharedApp(() => runRow(queue, options));
    const counts = await Promise.all(Array.from({ length: rows }, row));
    failures += counts.reduce((sum, count) => sum + count, 0);
  }
  return failures === 0 ? 0 : 1;
}

interface Part {
  /** What is to be proved; each row takes the next. */
  readonly queue: string[];
  readonly rows: number;
}

function shortPlan(names: readonly string[]): Part[] {
  const place = (name: string) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);
  const together = names.filter((name) => !ALONE.includes(name)).sort((a, b) => place(a) - place(b));
  const alone = names.filter((name) => ALONE.includes(name));
  return [
    { queue: together, rows: Math.min(ROWS, together.length) },
    { queue: alone, rows: 1 },
  ];
}

function readArguments(args: string[]): { readonly options: ProofOptions; readonly names: readonly string[] } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { short: { type: "boolean", default: false }, seed: { type: "string" }, corpus: { type: "string" } },
  });
  const seed = Number(values.seed ?? 1);
  if (!Number.isInteger(seed)) throw new OperatorError("--seed takes a whole number.");
  const corpus = values.corpus === undefined ? {} : { corpus: values.corpus };
  return { options: { short: values.short, seed, ...corpus }, names: positionals };
}

/** Takes proofs from a list, one after the other, and says what each found. @returns how many fall short */
async function runRow(names: string[], options: ProofOptions): Promise<number> {
  let failures = 0;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const begin = performance.now();
    const { holds, figure, lacks = [] } = await run(name, options);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    for (const program of lacks) console.log(`${name}: skipped what needs ${program}`);
    console.log(`${name}: ${holds ? "holds" : "falls short"}, ${figure.replace(/\s+/g, " ")} (${seconds} s)`);
    if (holds) continue;
    failures += 1;
    console.error(await lastWordsOfSharedApp());
  }
  return failures;
}

async function chosen(wanted: readonly string[]): Promise<readonly string[]> {
  const files = await readdir(join(ROOT, "prove"));
  const known = files.filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new OperatorError(`There is no proof "${unknown}"; there are: ${known.join(", ")}.`);
  return wanted.length > 0 ? wanted : known.sort();
}

async function run(name: string, options: ProofOptions): Promise<ProofResult> {
  try {
    const { prove } = (await import(join(ROOT, "prove", `${name}.ts`))) as { prove: Proof };
    return await prove(options);
  } catch (error) {
    console.error(error);
    return { holds: false, figure: `it broke: ${error instanceof Error ? error.message : String(error)}` };
  }
}
