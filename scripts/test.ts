import { OperatorError } from "@/lib/operator-error";
import { packageFile } from "./support/run-program";
import { demoStep } from "./test-steps/demo-step";
import { e2eStep } from "./test-steps/e2e-step";
import { proofsStep } from "./test-steps/proofs-step";
import { check, type Step, type StepResult } from "./test-steps/step";
import { vitestStep } from "./test-steps/vitest-step";

const script = (name: string) => ["scripts/run.mjs", name];

/**
 * All that `npm test` does. Groups come one after the other: what others need first. The rows of a group run beside each
 * other, the steps of a row in their order: checks and the build keep one core busy at a time, the tests beside them two.
 */
const GROUPS: readonly (readonly (readonly Step[])[])[] = [
  [
    [
      check("generate", script("generate")),
      check("route types", [packageFile("next/dist/bin/next"), "typegen"], { NODE_ENV: "production" }),
    ],
  ],
  [
    [
      check("format and lint", [packageFile("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]),
      check("types", [packageFile("typescript/bin/tsc"), "--noEmit"]),
      check("imports", script("check-imports")),
      check("sources", script("check-sources")),
      check("API description", [...script("openapi"), "check"]),
      check("unused code", [packageFile("knip/bin/knip.js"), "--no-progress"]),
      check("dependencies", script("check-dependencies")),
      check("schema drift", script("check-schema-drift")),
      check("build", script("build")),
    ],
    [vitestStep("unit"), vitestStep("db")],
  ],
  [[demoStep], [proofsStep]],
  [[e2eStep]],
];

interface Line extends StepResult {
  readonly name: string;
  readonly seconds: number;
}

/**
 * `npm test [-- STEP…]`: every check and test, or the steps named (`npm test -- types "unit tests"`). The last line is
 * `N passed, N failed, N skipped`. With COUNTERVAIL_NO_SKIPS=1 a skipped test fails the run.
 */
export async function main(wanted: string[]): Promise<number> {
  const names = GROUPS.flat(2).map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new OperatorError(`There is no step "${unknown}"; there are: ${names.join(", ")}.`);
  }
  const begin = performance.now();
  const lines: Line[] = [];
  for (const group of GROUPS) {
    const rows = group.map((row) => row.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
    lines.push(...(await Promise.all(rows.map(runRow))).flat());
  }
  return summarise(lines, (performance.now() - begin) / 1000);
}

async function runRow(steps: readonly Step[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const step of steps) lines.push(await runStep(step));
  return lines;
}

async function runStep(step: Step): Promise<Line> {
  const begin = performance.now();
  const result = await step.run().catch(
    (error: unknown): StepResult => ({
      passed: 0,
      failed: 1,
      skipped: [],
      output: error instanceof Error ? error.message : String(error),
      failures: [error instanceof Error ? error.message : String(error)],
    }),
  );
  const line = { ...result, name: step.name, seconds: (performance.now() - begin) / 1000 };
  if (line.failed > 0) console.log(`\n${line.output.trimEnd()}\n`);
  console.log(wordsOf(line));
  return line;
}

function wordsOf({ name, seconds, passed, failed, skipped }: Line): string {
  const mark = failed === 0 ? "ok  " : "FAIL";
  const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
  return `${mark} ${name.padEnd(18)} ${seconds.toFixed(1).padStart(7)} s  ${counts}`;
}

function summarise(lines: readonly Line[], seconds: number): number {
  const sum = (count: (line: Line) => number) => lines.reduce((total, line) => total + count(line), 0);
  const skipped = lines.flatMap((line) => line.skipped.map((name) => `${line.name}: ${name}`));
  const failed = sum((line) => line.failed);
  console.log(`\n${lines.map(wordsOf).join("\n")}`);
  console.log(`     ${"all".padEnd(18)} ${seconds.toFixed(1).padStart(7)} s`);
  for (const name of skipped) console.log(`skipped: ${name}`);
  for (const { name, failures } of lines) {
    for (const failure of failures) console.log(`\nfailed in ${name}: ${failure}`);
  }
  const refused = process.env.COUNTERVAIL_NO_SKIPS === "1" && skipped.length > 0;
  if (refused) console.log("Skipped tests are not allowed here: install the system tools they need.");
  console.log(`${sum((line) => line.passed)} passed, ${failed} failed, ${skipped.length} skipped`);
  return failed === 0 && !refused ? 0 : 1;
}
