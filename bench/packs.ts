import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../scripts/support/run-program";
import { saveResults } from "./support/results";
import { median } from "./support/statistics";

/** An engine of `packs/run-pack.ts` at a number of entries, and how often it is run. */
interface Trial {
  readonly engine: "ours" | "cursor" | "stock";
  readonly entries: number;
  readonly runs: number;
}

/** One run, in a process of its own. */
interface Run {
  readonly ms: number;
  /** Of all threads. */
  readonly cpuMs: number;
  /** The most that the process held at once, with the workload in it. */
  readonly peakMb: number;
  readonly bytes: number;
}

const TRIALS: readonly Trial[] = [
  { engine: "ours", entries: 20, runs: 5 },
  { engine: "stock", entries: 20, runs: 5 },
  { engine: "ours", entries: 200, runs: 5 },
  { engine: "stock", entries: 200, runs: 5 },
  { engine: "ours", entries: 1_000, runs: 3 },
  { engine: "stock", entries: 1_000, runs: 3 },
  { engine: "cursor", entries: 1, runs: 3 },
  { engine: "cursor", entries: 1_000, runs: 3 },
  { engine: "cursor", entries: 5_000, runs: 1 },
];

/** The heap that the product's worker has for a PDF, so that ours is measured as it runs; stock is not held to it. */
const WORKER_HEAP = ["--max-old-space-size=512", "--max-semi-space-size=64"];

/**
 * `npm run bench -- packs`: audit packs of 20, 200 and 1,000 worksheets by our text layer, tagged and with a place for a
 * seal, beside the same pack written with pdfkit's own functions, untagged. Each run has a process of its own, engines
 * take turns, and the figures are medians. "cursor" reads its entries one by one, as an export does, up to 5,000.
 * Writes `bench/results.json`. With `BENCH_PACKS=ours` in the environment pdfkit's own functions are left out.
 */
export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(ROOT, "node_modules", ".bench-packs-"));
  try {
    const program = join(folder, "run-pack.mjs");
    await build({
      entryPoints: [join(ROOT, "bench", "packs", "run-pack.ts")],
      outfile: program,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "warning",
    });
    const trials = TRIALS.filter(({ engine }) => process.env.BENCH_PACKS !== "ours" || engine !== "stock");
    const runs = new Map<Trial, Run[]>(trials.map((trial) => [trial, []]));
    for (let turn = 0; turn < Math.max(...trials.map((trial) => trial.runs)); turn += 1) {
      for (const trial of trials) {
        if (turn < trial.runs) runs.get(trial)?.push(await runTrial(program, trial, join(folder, "pack.pdf")));
      }
    }
    report(runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runTrial(program: string, { engine, entries }: Trial, file: string): Promise<Run> {
  const heap = engine === "stock" ? [] : WORKER_HEAP;
  const child = spawn(process.execPath, [...heap, program, engine, String(entries), file], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) resolve(JSON.parse(output) as Run);
      else reject(new Error(`${engine} at ${entries} entries ended with status ${status}.`));
    });
  });
}

function report(runs: ReadonlyMap<Trial, readonly Run[]>): void {
  const rows = [...runs].map(([{ engine, entries }, own]) => {
    const of = (pick: (run: Run) => number) => Math.round(median(own.map(pick)));
    const ms = of((run) => run.ms);
    return {
      engine,
      entries,
      runs: own.length,
      ms,
      cpuMs: of((run) => run.cpuMs),
      entriesPerSecond: Math.round((entries / ms) * 10_000) / 10,
      peakMb: of((run) => run.peakMb),
      fileMb: Math.round(of((run) => run.bytes) / 10_000) / 100,
    };
  });
  console.table(rows);
  const find = (engine: Trial["engine"], entries: number) =>
    rows.find((row) => row.engine === engine && row.entries === entries);
  const ratios: Record<string, number> = {};
  for (const entries of [20, 200, 1_000]) {
    const [ours, stock] = [find("ours", entries), find("stock", entries)];
    if (ours && stock) ratios[`stock to ours at ${entries}`] = Math.round((stock.ms / ours.ms) * 100) / 100;
  }
  const [bare, thousand, five] = [find("cursor", 1), find("cursor", 1_000), find("cursor", 5_000)];
  if (bare && thousand && five) {
    const above = (row: { readonly peakMb: number }) => row.peakMb - bare.peakMb;
    ratios["memory above one entry's, 5,000 to 1,000"] = Math.round((above(five) / above(thousand)) * 100) / 100;
  }
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${name}: ${ratio}`);
  saveResults("packs", { rows, ratios });
}
