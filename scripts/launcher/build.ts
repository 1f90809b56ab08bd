import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import { buildVerifier } from "../build-verifier";
import { buildWorkers, WORKER_BUNDLES } from "../build-worker";
import { filesUnder, hashFiles } from "../support/hashing";
import { packageFile, ROOT } from "../support/run-program";
import type { Closers } from "./closers";

/** What the built web server depends on. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "tsconfig.json",
  "package-lock.json",
  "scripts/build-worker.ts",
  "scripts/build-verifier.ts",
];

/**
 * Builds the web server unless the build there was made from the same sources.
 * @throws OperatorError with the end of Next's words when the build fails
 */
export async function buildWhenChanged(closers: Closers): Promise<void> {
  const stamp = join(ROOT, config().buildFolder, "built-from.txt");
  const hash = await hashSources();
  const made = await readFile(stamp, "utf8").catch(() => "");
  const bundles = [...WORKER_BUNDLES, "verify.mjs"].map((name) => join(ROOT, "dist", name));
  if (made === hash && bundles.every((path) => existsSync(path))) return;
  console.error("Building the web server; this takes up to a minute and happens only when sources have changed.");
  await rm(stamp, { force: true });
  await buildBundles();
  await build(closers);
  await writeFile(stamp, hash);
}

/** Makes what the web server reads beside its own build: the workers, and the verifier that goes into packs. */
export async function buildBundles(): Promise<void> {
  const folder = join(ROOT, "dist");
  await Promise.all([buildWorkers(folder), buildVerifier(folder)]);
}

/** SHA-256 (hexadecimal) over all that the built web server depends on. */
export async function hashSources(): Promise<string> {
  const files = (await Promise.all(SOURCES.map(filesUnder))).flat();
  const relevant = files.filter((file) => !/^lib\/db\/generated\/|\.test\.tsx?$/.test(file));
  // The build holds absolute paths, so a moved folder needs a new one.
  return hashFiles(relevant, ROOT, process.versions.node.split(".")[0] ?? "");
}

async function build(closers: Closers): Promise<void> {
  // A build needs no settings, least of all a database: it must come out the same everywhere.
  const { PATH, HOME, TMPDIR, COUNTERVAIL_BUILD } = process.env;
  const child = spawn(process.execPath, [packageFile("next/dist/bin/next"), "build"], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, COUNTERVAIL_BUILD, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const forget = closers.add(async () => {
    child.kill("SIGKILL");
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  forget();
  if (code !== 0) throw new OperatorError(`The web server could not be built:\n${output.trim().slice(-4000)}`);
}
