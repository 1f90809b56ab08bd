import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../support/browser";
import { packageFile, runProgram } from "../support/run-program";
import { firstWords, lastWords, type Step, type StepResult } from "./step";

interface Suite {
  readonly title: string;
  readonly specs?: readonly Spec[];
  readonly suites?: readonly Suite[];
}

interface Spec {
  readonly title: string;
  readonly tests: readonly {
    readonly status: string;
    readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly Suite[];
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** The specs in e2e/, in a real browser against the app that the launcher starts. */
export const e2eStep: Step = { name: "end-to-end tests", run };

async function run(): Promise<StepResult> {
  await findBrowser();
  const folder = await mkdtemp(join(tmpdir(), "countervail-report-"));
  const file = join(folder, "report.json");
  try {
    const args = [packageFile("@playwright/test/cli.js"), "test", "--reporter=list,json"];
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
    const { status, output } = await runProgram(process.execPath, args, { env });
    const report = JSON.parse(await readFile(file, "utf8").catch(() => "null")) as PlaywrightReport | null;
    if (report === null) return { passed: 0, failed: 1, skipped: [], output, failures: [lastWords(output)] };
    const { expected, unexpected, flaky } = report.stats;
    const failed = Math.max(unexpected + flaky, status === 0 ? 0 : 1);
    const told = report.suites.flatMap(failuresIn);
    const failures = failed > 0 && told.length === 0 ? [lastWords(output)] : told;
    return { passed: expected, failed, skipped: report.suites.flatMap(skippedIn), output, failures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function skippedIn(suite: Suite): string[] {
  const specs = (suite.specs ?? []).filter(({ tests }) => tests.every(({ status }) => status === "skipped"));
  return [...specs.map(({ title }) => `${suite.title} › ${title}`), ...(suite.suites ?? []).flatMap(skippedIn)];
}

function failuresIn(suite: Suite): string[] {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) => {
    const errors = tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .flatMap(({ results }) => results.flatMap((result) => result.errors));
    return errors.map(({ message = "" }) => firstWords(`${suite.title} › ${title}\n${message}`));
  });
  return [...own, ...(suite.suites ?? []).flatMap(failuresIn)];
}
