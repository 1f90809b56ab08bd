import { runProgram } from "../support/run-program";
import { lastWords, type Step } from "./step";

/** The short form of every proof in prove/; each counts as one test. */
export const proofsStep: Step = {
  name: "short proofs",
  run: async () => {
    const { status, output } = await runProgram(process.execPath, ["scripts/run.mjs", "prove", "--short"]);
    const passed = output.match(/^[a-z0-9-]+: holds, /gm)?.length ?? 0;
    const short = output.match(/^[a-z0-9-]+: falls short, .*$/gm) ?? [];
    const skipped = output.match(/^[a-z0-9-]+: skipped what needs .*$/gm) ?? [];
    const failures = short.length === 0 && status !== 0 ? [lastWords(output)] : short;
    return { passed, failed: failures.length, skipped, output, failures };
  },
};
