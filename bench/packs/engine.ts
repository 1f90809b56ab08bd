import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PackEntry } from "./workload";

/** Paths of the TrueType files that every engine sets the pack in. */
export interface FontPaths {
  readonly regular: string;
  readonly bold: string;
}

/** Writes the pack of the entries to a file: this alone is timed, with all reading of fonts. */
export type WritePack = (entries: readonly PackEntry[], path: string) => Promise<void>;

/** Loads what an engine needs beside fonts and entries. @throws where its package is not installed */
export type OpenEngine = (fonts: FontPaths) => Promise<WritePack>;

/** Where the benchmark installs the packages of the other engines, from the repository's root, in which they run. */
const ENGINES = join(process.cwd(), "node_modules", ".bench-engines", "package.json");

/** Loads a package that bench/engines names. Its types are said where it is used, as the product is built without it. */
export async function engineModule<T>(name: string): Promise<T> {
  const loaded = (await import(pathToFileURL(createRequire(ENGINES).resolve(name)).href)) as { default?: unknown };
  // CommonJS gives all that it exports as its default.
  return { ...(loaded.default as object | undefined), ...loaded } as T;
}
