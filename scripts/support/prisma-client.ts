import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OperatorError } from "@/lib/operator-error";
import { filesUnder, hashFiles } from "./hashing";
import { packageFile, ROOT, runProgram } from "./run-program";

const OUTPUT = join(ROOT, "lib/db/generated");
const STAMP = join(OUTPUT, "made-from.txt");

/**
 * Generates the Prisma client unless the one there was made from the same schema.
 * @returns whether it was generated now
 * @throws OperatorError with Prisma's words when the schema is wrong
 */
export async function generateClient(): Promise<boolean> {
  const sources = [...(await filesUnder("prisma/schema")), "prisma.config.ts", "node_modules/prisma/package.json"];
  const hash = await hashFiles(sources);
  if ((await readFile(STAMP, "utf8").catch(() => "")) === hash) return false;
  const { status, output } = await runProgram(
    process.execPath,
    [packageFile("prisma/build/index.js"), "generate", "--no-hints"],
    // Generating needs no engine, but Prisma's command would download one at start unless it is told of a program.
    { env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" } },
  );
  if (status !== 0) throw new OperatorError(`The Prisma client could not be generated:\n${output.trim()}`);
  await mkdir(OUTPUT, { recursive: true });
  await writeFile(STAMP, hash);
  return true;
}
