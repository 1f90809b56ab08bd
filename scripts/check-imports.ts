import type { ICruiseResult } from "dependency-cruiser";
import { runProgram } from "./support/run-program";

/** Fewest modules that a part has to show. A tool that stopped reading files would otherwise find nothing wrong. */
const LEAST: Readonly<Record<string, number>> = {
  "lib/domain/": 40,
  "lib/contracts/": 15,
  "lib/db/": 12,
  "lib/render/": 15,
  "lib/client/": 5,
  "lib/cli/": 20,
  "lib/data/": 15,
  "lib/auth/": 8,
  "lib/services/": 40,
  "lib/server/": 6,
  "components/": 100,
  "app/": 40,
  "prisma/": 20,
  "scripts/": 15,
};

/** Checks who imports whom (.dependency-cruiser.cjs), and that enough modules were looked at. */
export async function main(): Promise<number> {
  const { status, output } = await runProgram(process.execPath, ["scripts/support/cruise.mjs"]);
  if (status !== 0) {
    console.error(output);
    return 1;
  }
  const { modules, summary } = JSON.parse(output) as ICruiseResult;
  const problems = summary.violations.map(
    ({ rule, from, to }) => `${from} → ${to}: ${rule.name}${comments(summary.ruleSetUsed, rule.name)}`,
  );
  const own = modules.map(({ source }) => source).filter((source) => !source.includes("node_modules"));
  for (const [part, least] of Object.entries(LEAST)) {
    const seen = own.filter((source) => source.startsWith(part)).length;
    if (seen < least) problems.push(`${part}: ${seen} modules seen, at least ${least} expected`);
  }
  for (const problem of problems) console.error(problem);
  console.log(`${own.length} modules, ${summary.totalDependenciesCruised} imports, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

/** Why a rule is there, as its comment says. */
function comments(rules: { forbidden?: { name?: string; comment?: string }[] } | undefined, name: string): string {
  const comment = rules?.forbidden?.find((rule) => rule.name === name)?.comment;
  return comment ? ` (${comment})` : "";
}
