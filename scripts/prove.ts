import { type ChildProcess, spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "@/lib/operator-error";
import { endSharedApps, withSharedApp } from "@/prove/support/app";
import type { ProofOptions } from "@/prove/support/proof";
import { buildWhenChanged } from "./launcher/build";
import { Closers } from "./launcher/closers";
import { type NextProof, type RowAnswer, runProof } from "./prove-row";
import { generateClient } from "./support/prisma-client";
import { ROOT } from "./support/run-program";

/** How many rows of proofs in short form run beside each other, each a process with an app of its own. */
const ROWS = 3;
/** Begun first in short form, so that none of the rows has to wait for the others in the end. */
const LONGEST = [
  ...["contract", "matrix", "move", "fuzz", "tamper", "isolation", "rls", "rotation", "sessions", "headers", "totp"],
  ...["resume", "kills", "proxy", "webhooks", "unaudited", "concurrent-saves", "hostile-pdf", "restore", "timing"],
];

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
  const rows = new Set<ChildProcess>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      for (const row of rows) row.kill(signal);
      void endSharedApps().finally(() => process.exit(1));
    });
  }
  console.log(`Seed ${seed}${short ? ", short forms" : ""}.`);
  // Whoever comes first would build; two may not at once.
  await buildWhenChanged(new Closers());
  if (!short) return (await withSharedApp(() => runAll(names, options))) === 0 ? 0 : 1;
  const queue = longestFirst(names);
  const width = Math.min(ROWS, queue.length);
  const counts = await Promise.all(Array.from({ length: width }, () => startRow(queue, options, rows)));
  return counts.every((failures) => failures === 0) ? 0 : 1;
}

function longestFirst(names: readonly string[]): string[] {
  const place = (name: string) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);
  return [...names].sort((a, b) => place(a) - place(b));
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

/** Runs proofs one after the other in this process. @returns how many fall short */
async function runAll(names: readonly string[], options: ProofOptions): Promise<number> {
  let failures = 0;
  for (const name of names) failures += (await runProof(name, options)) ? 0 : 1;
  return failures;
}

/** Starts a process that takes proofs from a list, one after the other. @returns how many fall short */
function startRow(queue: string[], options: ProofOptions, rows: Set<ChildProcess>): Promise<number> {
  const row = spawn(process.execPath, ["scripts/run.mjs", "prove-row"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  rows.add(row);
  let failures = 0;
  let running = "";
  row.on("message", (answer) => {
    failures += (answer as RowAnswer).holds ? 0 : 1;
    running = queue.shift() ?? "";
    const told: NextProof = { next: running === "" ? null : { name: running, options } };
    row.send(told);
  });
  return new Promise((ended, failed) => {
    row.once("error", failed);
    row.once("close", (status) => {
      rows.delete(row);
      if (status === 0) return ended(failures);
      // Its proof has said nothing, and nor have those that nobody is left to take.
      console.log(`${running || "a row of proofs"}: falls short, its process ended with ${status}`);
      ended(failures + 1);
    });
  });
}

async function chosen(wanted: readonly string[]): Promise<readonly string[]> {
  const files = await readdir(join(ROOT, "prove"));
  const known = files.filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new OperatorError(`There is no proof "${unknown}"; there are: ${known.join(", ")}.`);
  return wanted.length > 0 ? wanted : known.sort();
}
