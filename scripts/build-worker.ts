import { join } from "node:path";
import { build } from "esbuild";

/** The programs that run in threads, by the name of their bundle. */
const WORKERS = {
  "pdf-worker.mjs": "pdf",
  "oscal-worker.mjs": "oscal",
  "sheet-worker.mjs": "sheet",
  "picture-worker.mjs": "picture",
} as const;
/** The names of the bundles. */
export const WORKER_BUNDLES = Object.keys(WORKERS) as readonly (keyof typeof WORKERS)[];

/**
 * Bundles each worker into one file that Node runs as it is. Packages stay outside: pdfkit, ajv and the fonts are read
 * from node_modules, which therefore has to lie beside or above the folder.
 */
export async function buildWorkers(folder = join(process.cwd(), "dist")): Promise<void> {
  await Promise.all(WORKER_BUNDLES.map((bundle) => buildWorker(bundle, folder)));
}

/** Bundles one worker as {@link buildWorkers} does. @returns the path of the bundle */
export async function buildWorker(bundle: keyof typeof WORKERS, folder: string): Promise<string> {
  const outfile = join(folder, bundle);
  await build({
    entryPoints: [join(import.meta.dirname, "..", "lib", "render", WORKERS[bundle], "worker.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  return outfile;
}

/** `node scripts/run.mjs build-worker` */
export async function main(): Promise<number> {
  await buildWorkers();
  return 0;
}
