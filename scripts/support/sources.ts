import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesUnder } from "./hashing";
import { ROOT } from "./run-program";

/** Where source code lies. */
const FOLDERS = ["app", "components", "lib", "prisma", "scripts", "test", "e2e", "prove", "bench"];

/** Single files of source code in the root. */
const FILES = ["proxy.ts", "next.config.ts", "vitest.config.ts", "playwright.config.ts", "prisma.config.ts"];

/** Paths of all source files that people write, relative to the root; generated code left out. */
export async function sourceFiles(): Promise<string[]> {
  const files = (await Promise.all(FOLDERS.map(filesUnder))).flat();
  const code = files.filter((file) => /\.(ts|tsx|mjs|cjs|css)$/.test(file) && !file.startsWith("lib/db/generated/"));
  return [...code, ...FILES.filter((file) => existsSync(join(ROOT, file)))];
}

/** Whether a file is a test, or serves tests alone. */
export function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$|^(test|e2e)\//.test(file);
}
