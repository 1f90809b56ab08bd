import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { ROOT } from "../../scripts/support/run-program";

/** The methods that Next takes from a route file. HEAD and OPTIONS it answers by itself unless they are exported. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const ROUTE_FILE = /^route\.(ts|tsx|js|jsx|mjs)$/;
const NAMED_EXPORT = /^export (?:const|let|(?:async )?function) (\w+)/;
const TYPE_EXPORT = /^export (?:type|interface) /;

/**
 * Every route handler of the app, as `METHOD /path/[parameter]`, read off the route files.
 * @throws Error for an export whose names cannot be read off its line, such as `export *`
 */
export async function findHandlers(): Promise<string[]> {
  const app = join(ROOT, "app");
  const files = (await readdir(app, { recursive: true, withFileTypes: true })).filter(
    (file) => file.isFile() && ROUTE_FILE.test(file.name),
  );
  const handlers: string[] = [];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const names = exportsIn(path, await readFile(path, "utf8"));
    const address = `/${relative(app, dirname(path)).split(sep).filter(isPartOfTheAddress).join("/")}`;
    handlers.push(...METHODS.filter((method) => names.includes(method)).map((method) => `${method} ${address}`));
  }
  return handlers.sort();
}

function exportsIn(path: string, source: string): string[] {
  const lines = source.split("\n").filter((line) => /^\s*export\b/.test(line) && !TYPE_EXPORT.test(line));
  return lines.map((line) => {
    const name = NAMED_EXPORT.exec(line)?.[1];
    if (name === undefined) throw new Error(`${path} exports in a way that is not understood here: ${line}`);
    return name;
  });
}

/** A folder in parentheses only groups. */
function isPartOfTheAddress(folder: string): boolean {
  return !/^\(.*\)$/.test(folder);
}
