import { join } from "node:path";
import { build } from "esbuild";

/**
 * Bundles the PDF worker into one file that Node runs as it is. Packages stay outside: pdfkit and the fonts are read
 * from node_modules, which therefore has to lie beside or above the folder.
 * @returns the path of the bundle
 */
export async function buildPdfWorker(folder = join(process.cwd(), "dist")): Promise<string> {
  const outfile = join(folder, "pdf-worker.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "..", "lib", "render", "pdf", "worker.ts")],
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
  await buildPdfWorker();
  return 0;
}
