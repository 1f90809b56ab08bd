// Runs dependency-cruiser with the rules of .dependency-cruiser.cjs and prints its findings as JSON. Plain JavaScript in
// a process of its own, because dependency-cruiser does not bear the TypeScript loader that scripts run under.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(import.meta.url);

// dependency-cruiser lets SWC read TypeScript without JSX. Its copy of SWC is this one, so files named .tsx are read as
// such from here on; it has to happen before dependency-cruiser is loaded.
const swc = require("@swc/core");
const { parseFileSync } = swc;
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith("x") });

const { cruise } = await import("dependency-cruiser");
const { default: extractOptions } = await import("dependency-cruiser/config-utl/extract-depcruise-options");

const sources = ["app", "components", "lib", "prisma", "scripts", "test", "e2e", "prove", "bench", "proxy.ts"];
const { output } = await cruise(
  sources.filter((source) => existsSync(root + source)),
  { ...(await extractOptions(`${root}.dependency-cruiser.cjs`)), baseDir: root },
  {
    // TypeScript 7 has no API through which the alias could be read from tsconfig.json.
    alias: { "@": root.replace(/\/$/, "") },
    exportsFields: ["exports"],
    conditionNames: ["import", "require", "node", "default", "types"],
    extensions: [".ts", ".tsx", ".mts", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    mainFields: ["module", "main", "types", "typings"],
  },
);
process.stdout.write(JSON.stringify(output));
