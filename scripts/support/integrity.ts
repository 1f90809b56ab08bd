import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileChanges } from "@/lib/services/evidence/record-file-changes";
import { filesUnder } from "./hashing";
import { ROOT } from "./run-program";

/** What runs, and what decides how: the built server, the sources that run as they are, and their settings. */
const WATCHED = [
  "dist",
  "deploy",
  "lib",
  "prisma/migrations",
  "prisma/catalogue",
  "scripts",
  "package.json",
  "package-lock.json",
  "next.config.ts",
  "proxy.ts",
];
/** What the running server writes itself. */
const CHANGING = /(^|\/)(cache|trace|diagnostics|dev)(\/|$)|built-from\.txt$|\.test\.tsx?$/;

/** SHA-256 (hex) of each watched file, by its path. */
export type Manifest = Readonly<Record<string, string>>;

/** Where the manifest of the last start is kept. */
export function manifestPath(dataFolder: string): string {
  return join(dataFolder, "integrity", "manifest.json");
}

/** Hashes every watched file, and those of the built server. */
export async function takeManifest(buildFolder: string): Promise<Manifest> {
  const files = (await Promise.all([...WATCHED, buildFolder].map(filesUnder))).flat();
  const manifest: Record<string, string> = {};
  for (const file of files.filter((one) => !CHANGING.test(one))) {
    manifest[file] = createHash("sha256")
      .update(await readFile(join(ROOT, file)))
      .digest("hex");
  }
  return manifest;
}

/** Keeps a manifest, whole or not at all. */
export async function writeManifest(dataFolder: string, manifest: Manifest): Promise<void> {
  const path = manifestPath(dataFolder);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(manifest), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The manifest of the last start, or null before there was one. */
export async function readManifest(dataFolder: string): Promise<Manifest | null> {
  const text = await readFile(manifestPath(dataFolder), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Manifest);
}

/** How a manifest differs from an earlier one. */
export function compareManifests(before: Manifest, now: Manifest): FileChanges {
  const paths = Object.keys(now);
  return {
    changed: paths.filter((path) => path in before && before[path] !== now[path]),
    added: paths.filter((path) => !(path in before)),
    removed: Object.keys(before).filter((path) => !(path in now)),
  };
}
