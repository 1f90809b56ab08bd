import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile, runProgram } from "../support/run-program";
import { firstWords, lastWords, type Step, type StepResult } from "./step";

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The tests of one of Vitest's projects. */
export function vitestStep(project: string): Step {
  return { name: `${project} tests`, run: () => run(project) };
}

async function run(project: string): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), "countervail-report-"));
  const file = join(folder, "report.json");
  try {
    const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const { status, output } = await runProgram(process.execPath, [packageFile("vitest/vitest.mjs"), ...args]);
    const report = JSON.parse(await readFile(file, "utf8").catch(() => "null")) as VitestReport | null;
    if (report === null) return { passed: 0, failed: 1, skipped: [], output, failures: [lastWords(output)] };
    return count(report, status, output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function count(report: VitestReport, status: number, output: string): StepResult {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter(({ status: outcome }) => !["passed", "failed"].includes(outcome));
  // A file that does not load, or an error outside of tests, fails the run without failing a test.
  const failed = Math.max(report.numFailedTests, status === 0 ? 0 : 1);
  const told = failuresIn(report);
  const failures = failed > 0 && told.length === 0 ? [lastWords(output)] : told;
  return { passed: report.numPassedTests, failed, skipped: skipped.map(({ fullName }) => fullName), output, failures };
}

function failuresIn(report: VitestReport): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [firstWords(`${name}\n${message}`)];
    return failed.map((test) => firstWords(`${name} › ${test.fullName}\n${test.failureMessages.join("\n")}`));
  });
}
