// Makes the commands that ask a server one file, so that they start at once. Plain JavaScript, since it runs before any loader.
import { readdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const outfile = join(root, "dist", "cli.mjs");

/** What goes into the bundle. */
const SOURCES = ["lib/cli", "lib/client", "lib/contracts", "lib/domain", "lib/durable.ts", "lib/operator-error.ts"];
const OTHERS = ["scripts/cli.ts", "scripts/support/cli-bundle.mjs", "package-lock.json"];

/**
 * Makes the bundle, whether or not there is one.
 * @param {string} file where it goes
 * @returns {Promise<string>} its path
 */
export async function buildCli(file = outfile) {
  const { build } = await import("esbuild");
  // Renamed once it is whole: two commands may make it at the same time.
  const draft = `${file}.${process.pid}.draft.mjs`;
  await build({
    entryPoints: [join(root, "scripts", "cli.ts")],
    outfile: draft,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    charset: "utf8",
    absWorkingDir: root,
    // Packages that are written for require() ask for it.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  renameSync(draft, file);
  return file;
}

/**
 * The bundle of the sources as they are now: one that is older is made anew.
 * @returns {Promise<string | null>} its path; null where none can be made, such as on a disk that is not written to
 */
export async function freshCli() {
  const made = timeOf(outfile);
  const newest = Math.max(...[...SOURCES.flatMap(filesIn), ...OTHERS.map((name) => join(root, name))].map(timeOf));
  if (made > newest) return outfile;
  try {
    return await buildCli();
  } catch {
    return null;
  }
}

function filesIn(name) {
  const path = join(root, name);
  if (!statSync(path).isDirectory()) return [path];
  // A folder's own time tells of files that were removed.
  return [path, ...readdirSync(path, { recursive: true }).map((one) => join(path, String(one)))];
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
