import { prepareDemo } from "@/test/running-app";
import type { Step } from "./step";

/** A first start with the demo, which the apps of the end-to-end tests go on from. */
export const demoStep: Step = {
  name: "first start",
  run: async () => {
    await prepareDemo();
    return { passed: 1, failed: 0, skipped: [], output: "", failures: [] };
  },
};
