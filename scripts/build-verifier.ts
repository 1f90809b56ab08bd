import { join } from "node:path";
import { build } from "esbuild";

/**
 * Bundles the verifier into one file without dependencies, which goes into every pack. The same sources give the same
 * bytes, so that its digest can be published.
 * @returns the path of the bundle
 */
export async function buildVerifier(folder = join(process.cwd(), "dist")): Promise<string> {
  const outfile = join(folder, "verify.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "..", "lib", "verifier", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    charset: "utf8",
    // Paths of the machine that builds would make the bytes differ.
    absWorkingDir: join(import.meta.dirname, ".."),
    banner: { js: "// Verifies a proof pack of Countervail. Needs Node.js 20 or later and nothing else. Apache-2.0." },
    logLevel: "warning",
  });
  return outfile;
}

/** `node scripts/run.mjs build-verifier` */
export async function main(): Promise<number> {
  console.log(await buildVerifier());
  return 0;
}
