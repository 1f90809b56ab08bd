// Starts one of the TypeScript scripts beside this file: `node scripts/run.mjs NAME [arguments]`.
// Plain JavaScript, so that an old Node still gets a plain sentence instead of a syntax error.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Countervail needs Node.js 20.19 or newer (24 LTS is best); this is ${process.versions.node}.`);
}

const name = process.argv[2] ?? "";
const script = new URL(`./${name}.ts`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || !existsSync(fileURLToPath(script))) {
  stop(`There is no script "${name}" in scripts/.`);
}

process.env.NEXT_TELEMETRY_DISABLED = "1";
process.env.CHECKPOINT_DISABLE = "1";

try {
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
  const { main } = await import(script.href);
  process.exitCode = (await main(process.argv.slice(3))) ?? 0;
} catch (error) {
  if (error?.code === "ERR_MODULE_NOT_FOUND" && /'(tsx|next|pg|prisma)[/']/.test(error.message)) {
    stop("The dependencies are not installed: run npm ci first.");
  }
  // An OperatorError is a sentence for the person at the keyboard; anything else is a defect and keeps its trace.
  if (error?.name === "OperatorError") stop(error.message);
  console.error(error);
  process.exit(1);
}

/** Prints one line and ends with status 1. */
function stop(message) {
  console.error(message);
  process.exit(1);
}
