import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isLicenceAllowed, unusedExceptions } from "./support/licences";
import { ROOT } from "./support/run-program";
import safe from "./support/safe-versions.json";

interface Locked {
  readonly version?: string;
  readonly license?: string;
}

/** Checks package.json and the lockfile: exact versions, no known unsafe ones, licences that may be passed on. */
export async function main(): Promise<number> {
  const lock = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const packages = Object.entries(lock.packages)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => ({ name: path.slice(path.lastIndexOf("node_modules/") + 13), ...entry }));
  const names = new Set(packages.map(({ name }) => name));
  const problems = [
    ...(await inexactVersions()),
    ...packages.flatMap(({ name, version }) => unsafe(name, version)),
    ...packages
      .filter(({ name, license }) => !isLicenceAllowed(name, license))
      .map(({ name, license }) => `${name}: licence ${license ?? "unknown"} (scripts/support/licences.ts)`),
    ...unusedExceptions(names).map((name) => `${name}: its licence exception is not needed any more`),
    ...Object.keys(safe.floors)
      .filter((name) => !names.has(name))
      .map((name) => `${name}: its least version is not needed any more (scripts/support/safe-versions.json)`),
  ];
  for (const problem of problems) console.error(problem);
  console.log(`${packages.length} packages, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

async function inexactVersions(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as Record<string, object | undefined>;
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies } as Record<string, string>;
  return Object.entries(wanted)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
    .map(([name, version]) => `${name}: "${version}" is not an exact version`);
}

function unsafe(name: string, version = "0.0.0"): string[] {
  const floor = (safe.floors as Record<string, { least: string; why: string }>)[name];
  if (!floor || !isBelow(version, floor.least)) return [];
  return [`${name} ${version} is below ${floor.least} (${floor.why})`];
}

/** Compares two versions by their three numbers. */
function isBelow(version: string, least: string): boolean {
  const a = version.split(/[.-]/).slice(0, 3).map(Number);
  const b = least.split(".").map(Number);
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
