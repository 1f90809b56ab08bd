import { readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { ROOT } from "../../scripts/support/run-program";

/** The methods that Next takes from a route file. HEAD and OPTIONS it answers by itself unless they are exported. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const ROUTE_FILE = /^route\.(ts|tsx|js|jsx|mjs)$/;

/**
 * Every route handler of the app, as `METHOD /path/[parameter]`. The route files are imported, so that a handler counts
 * however it is exported.
 */
export async function findHandlers(): Promise<string[]> {
  const app = join(ROOT, "app");
  const files = (await readdir(app, { recursive: true, withFileTypes: true })).filter(
    (file) => file.isFile() && ROUTE_FILE.test(file.name),
  );
  const handlers: string[] = [];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const exported = (await import(path)) as Record<string, unknown>;
    const address = `/${relative(app, dirname(path)).split(sep).filter(isPartOfTheAddress).join("/")}`;
    handlers.push(...METHODS.filter((method) => method in exported).map((method) => `${method} ${address}`));
  }
  return handlers.sort();
}

/** A folder in parentheses only groups. */
function isPartOfTheAddress(folder: string): boolean {
  return !/^\(.*\)$/.test(folder);
}
