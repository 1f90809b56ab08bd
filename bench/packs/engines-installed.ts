import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedBrowser } from "../../scripts/support/browser";
import { ROOT, runProgram } from "../../scripts/support/run-program";
import type { Engine } from "./trials";

const FROM = join(ROOT, "bench", "engines");
/** Where `engine.ts` finds them: apart from the product's packages, and gone with them. */
const TO = join(ROOT, "node_modules", ".bench-engines");

/** Installs the packages of the engines that are only for this benchmark, unless they are there as their lock says. */
export async function installEngines(): Promise<void> {
  const lock = readFileSync(join(FROM, "package-lock.json"), "utf8");
  if (read(join(TO, "installed.json")) === lock) return;
  console.error("Installing the engines that packs are compared with (bench/engines) …");
  mkdirSync(TO, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(FROM, file), join(TO, file));
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", TO];
  const { status, output } = await runProgram("npm", ["ci", ...options]);
  if (status === 0) writeFileSync(join(TO, "installed.json"), lock);
  else console.error(`They could not be installed; their rows will say so.\n${output.trim()}`);
}

/** The version of an engine, as it is installed; undefined where it is not. */
export function versionOf({ name, from, installed }: Engine): string | undefined {
  if (name === "chromium") return chromiumVersion();
  const manifest = read(join(installed ? TO : ROOT, "node_modules", from ?? "", "package.json"));
  return manifest === undefined ? undefined : (JSON.parse(manifest) as { version: string }).version;
}

function chromiumVersion(): string | undefined {
  const path = installedBrowser();
  if (path === undefined) return undefined;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return /[\d.]+/.exec(stdout ?? "")?.[0] ?? "unknown";
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
