import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { packageFile, ROOT } from "../scripts/support/run-program";
import { installEngines, versionOf } from "./packs/engines-installed";
import { checksOf } from "./packs/pack-checks";
import { type ReadBack, readBack } from "./packs/read-back";
import { type Trial, trialsFor } from "./packs/trials";
import { runWatched } from "./support/process-tree";
import { type BenchResult, figureOf, type Row } from "./support/result";

/** What became of a trial: its runs, or why there are no more. */
interface Outcome {
  readonly runs: { readonly ms: number; readonly peakMb: number }[];
  written?: ReadBack;
  end?: string;
}

/** How long a run may take with all that goes before writing, in milliseconds. */
const LIMIT = 60_000;
/** An engine that took so much of the limit at 200 entries has no chance at 1,000. */
const HOPELESS = LIMIT / 5;
/** What takes longer is run once, but for the sides that are run most often. */
const SLOW = 20_000;
const ALWAYS_AGAIN: readonly string[] = ["ours", "cursor", "pdfkit"];
/** The heap that the product's worker has for a PDF, so that ours is measured as it runs; others are not held to it. */
const WORKER_HEAP = ["--max-old-space-size=512", "--max-semi-space-size=64"];
const FONTS = [
  ["regular.ttf", "400Regular/SourceSans3_400Regular.ttf"],
  ["bold.ttf", "600SemiBold/SourceSans3_600SemiBold.ttf"],
] as const;

/**
 * `npm run bench -- packs`: the same audit pack of 20, 200 and 1,000 worksheets (`packs/workload.ts`) by our text layer,
 * tagged and sealed, and by other engines in the best way they have. Each run has a process of its own and engines take
 * turns; what an engine wrote is read back, and counts only when all entries are there. Timed is the writing of the file,
 * with the reading of fonts; memory is that of the process tree, with the entries in it. Ours "by cursor" takes its
 * entries one by one, as an export does, up to 5,000. For a first look the environment narrows it: `BENCH_ENGINES`
 * (names, by commas), `BENCH_ENTRIES` (the most), `BENCH_RUNS` (the most of each).
 */
export async function bench(): Promise<BenchResult> {
  const { BENCH_ENGINES = "", BENCH_ENTRIES = "5000", BENCH_RUNS = "5" } = process.env;
  const only = BENCH_ENGINES.split(",").filter((name) => name !== "");
  const trials = trialsFor(only, Number(BENCH_ENTRIES), Number(BENCH_RUNS));
  if (trials.some(({ engine }) => engine.installed)) await installEngines();
  const folder = mkdtempSync(join(ROOT, "node_modules", ".bench-packs-"));
  try {
    const program = await bundle(folder);
    const outcomes = new Map<Trial, Outcome>(trials.map((trial) => [trial, { runs: [] }]));
    for (let turn = 0; turn < Math.max(...trials.map(({ runs }) => runs)); turn += 1) {
      for (const trial of trials) if (turn < trial.runs) await takeTurn(program, folder, trial, outcomes);
    }
    const rows = [...outcomes].map(([trial, outcome]) => rowOf(trial, outcome));
    return { rows, checks: checksOf(rows), versions: versionsOf(trials) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes one program of the runner, in parts, so that an engine's process loads nothing of the others. */
async function bundle(folder: string): Promise<string> {
  const fonts = dirname(packageFile("@expo-google-fonts/source-sans-3/package.json"));
  for (const [name, file] of FONTS) copyFileSync(join(fonts, file), join(folder, name));
  const outdir = join(folder, "program");
  mkdirSync(outdir);
  await build({
    entryPoints: [join(ROOT, "bench", "packs", "run-pack.ts")],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  return join(outdir, "run-pack.mjs");
}

async function takeTurn(
  program: string,
  folder: string,
  trial: Trial,
  outcomes: ReadonlyMap<Trial, Outcome>,
): Promise<void> {
  const { engine, entries } = trial;
  const outcome = outcomes.get(trial);
  if (!outcome || outcome.end !== undefined) return;
  if (outcome.runs.some(({ ms }) => ms > SLOW) && !ALWAYS_AGAIN.includes(engine.name)) return;
  outcome.end = absence(trial, outcomes);
  if (outcome.end !== undefined) return;
  console.error(`pack of ${entries}, ${engine.title} …`);
  rmSync(join(folder, "pack.pdf"), { force: true });
  const heap = engine.from === undefined ? WORKER_HEAP : [];
  const args = [...heap, program, engine.name, String(entries), folder];
  const { status, output, complaint, peakMb } = await runWatched(process.execPath, args, ROOT, LIMIT);
  if (status === undefined) outcome.end = `over ${LIMIT / 1000} s, ended at ${Math.round(peakMb)} MiB`;
  else if (status !== 0) outcome.end = `failed: ${lastLine(complaint)}`;
  if (outcome.end !== undefined) return;
  outcome.runs.push({ ms: (JSON.parse(output) as { ms: number }).ms, peakMb });
  outcome.written ??= readBack(join(folder, "pack.pdf"), entries);
  if (outcome.written.fault !== undefined) outcome.end = `void: ${outcome.written.fault}`;
}

/** Why a trial is not even begun; undefined when it is. */
function absence({ engine, entries }: Trial, outcomes: ReadonlyMap<Trial, Outcome>): string | undefined {
  if (engine.from !== undefined && versionOf(engine) === undefined) return "not installed";
  const smaller = [...outcomes].find(([one]) => one.engine.name === engine.name && one.entries === 200)?.[1];
  const [first] = smaller?.runs ?? [];
  if (entries <= 200 || engine.from === undefined) return undefined;
  if (smaller?.end !== undefined) return `not run: ${smaller.end} at 200`;
  if (first && first.ms > HOPELESS && !ALWAYS_AGAIN.includes(engine.name))
    return `not run: ${Math.round(first.ms / 1000)} s at 200, so over ${LIMIT / 1000} s`;
  return undefined;
}

function rowOf({ engine, entries }: Trial, { runs, written, end }: Outcome): Row {
  const task = `pack of ${entries.toLocaleString("en")}`;
  const row = { task, side: engine.title, unit: "ms" };
  if (end !== undefined || !written) return { ...row, note: end ?? "not run" };
  const figure = figureOf(runs.map(({ ms }) => ms));
  return {
    ...row,
    figure,
    memory: figureOf(runs.map(({ peakMb }) => peakMb)),
    extra: {
      pages: written.pages,
      "file MB": Math.round(written.bytes / 10_000) / 100,
      "entries/s": Math.round((entries / figure.median) * 10_000) / 10,
    },
    note: engine.note,
  };
}

function versionsOf(trials: readonly Trial[]): Record<string, string> {
  const engines = new Map(trials.map(({ engine }) => [engine.from, engine]));
  return Object.fromEntries(
    [...engines].flatMap(([from, engine]) =>
      from === undefined ? [] : [[from, versionOf(engine) ?? "not installed"]],
    ),
  );
}

function lastLine(text: string): string {
  const lines = text.trim().split("\n");
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").slice(0, 120);
}
