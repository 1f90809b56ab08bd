import { runProgram } from "../support/run-program";
import type { Step } from "./step";

/** The short form of every proof in prove/; each counts as one test. */
export const proofsStep: Step = {
  name: "short proofs",
  run: async () => {
    const { status, output } = await runProgram(process.execPath, ["scripts/run.mjs", "prove", "--short"]);
    const passed = output.match(/^[a-z0-9-]+: holds, /gm)?.length ?? 0;
    const failed = output.match(/^[a-z0-9-]+: falls short, /gm)?.length ?? 0;
    const skipped = output.match(/^[a-z0-9-]+: skipped what needs .*$/gm) ?? [];
    return { passed, failed: Math.max(failed, status === 0 ? 0 : 1), skipped, output };
  },
};
