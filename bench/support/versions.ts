import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/support/run-program";

/** The versions that the product names of some packages. */
export function versionsOf(...names: readonly string[]): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const all = { ...devDependencies, ...dependencies };
  return Object.fromEntries(names.map((name) => [name, all[name] ?? "unknown"]));
}
