import { readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { ROOT } from "../../scripts/support/run-program";

/** Every page of the app, as `/path/[parameter]`, read off the page files. */
export async function findPages(): Promise<string[]> {
  const app = join(ROOT, "app");
  const files = await readdir(app, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /^page\.(tsx|jsx|ts|js)$/.test(file.name))
    .map((file) => relative(app, dirname(join(file.parentPath, file.name))))
    .map(
      (path) =>
        `/${path
          .split(sep)
          .filter((part) => !/^\(.*\)$/.test(part))
          .join("/")}`,
    )
    .sort();
}
