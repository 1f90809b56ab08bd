import { fileURLToPath } from "node:url";
import { runVerifier } from "./program";

/** The verifier as a file of its own, `verify.mjs`: bundled by scripts/build-verifier.ts, and in every pack. */
const output = { say: (text: string) => console.log(text), complain: (text: string) => console.error(text) };
process.exitCode = await runVerifier(process.argv.slice(2), output, new Date(), fileURLToPath(import.meta.url));
