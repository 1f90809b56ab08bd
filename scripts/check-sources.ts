import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./support/run-program";
import { isTest, sourceFiles } from "./support/sources";

/** Most lines a source file may have, and a test. */
const MOST = { source: 300, test: 400 };

/** Words that say something is unfinished or silenced; put together here so that this file does not hold them. */
const UNFINISHED = new RegExp(
  ["TO" + "DO", "FIX" + "ME", "@ts-" + "ignore", "@ts-" + "nocheck", "biome-" + "ignore"].join("|"),
);

/** The one module that reads the environment, and what runs before or around it. */
const ENVIRONMENT_READERS = /^(lib\/config\.ts$|scripts\/|test\/|e2e\/|prove\/|bench\/|playwright\.config\.ts$)/;

/** The one module that has Next read the page anew: whoever does it beside has the whole document loaded at times. */
const REFRESHER = "components/kit/refresh.tsx";

/** Checks what no other tool does: length of files, unfinished or silenced places, who reads the environment and the page anew. */
export async function main(): Promise<number> {
  const files = await sourceFiles();
  const problems: string[] = [];
  const lengths: number[] = [];
  for (const file of files) {
    const text = await readFile(join(ROOT, file), "utf8");
    const lines = text.split("\n").length - 1;
    if (!isTest(file)) lengths.push(lines);
    problems.push(...problemsOf(file, text, lines));
  }
  for (const problem of problems) console.error(problem);
  const median = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
  console.log(
    `${files.length} files, median ${median} lines, longest ${lengths.at(-1) ?? 0}, ${problems.length} problems`,
  );
  return problems.length === 0 ? 0 : 1;
}

function problemsOf(file: string, text: string, lines: number): string[] {
  const problems: string[] = [];
  const most = isTest(file) ? MOST.test : MOST.source;
  if (lines > most) problems.push(`${file}: ${lines} lines, at most ${most}`);
  const unfinished = UNFINISHED.exec(text);
  if (unfinished) problems.push(`${file}: holds "${unfinished[0]}"`);
  if (text.includes("process.env") && !ENVIRONMENT_READERS.test(file) && !isTest(file)) {
    problems.push(`${file}: reads the environment; only lib/config.ts does`);
  }
  if (/^(components|app)\//.test(file) && file !== REFRESHER && /\brouter\s*\.\s*refresh\b/.test(text)) {
    problems.push(`${file}: calls router.refresh; take useRefresh of ${REFRESHER}`);
  }
  return problems;
}
