import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeDocument } from "./openapi/document";
import { findDescribed } from "./openapi/handlers";
import { ROOT } from "./support/run-program";

/** Where the description of the API is kept. */
const FILE = "lib/contracts/api/openapi.json";

/**
 * `npm run openapi` writes the description of the API from the handlers and the contracts; with `check` it fails where
 * what is kept is not what would be written.
 */
export async function main([mode]: string[]): Promise<number> {
  const text = `${JSON.stringify(await makeDocument(await findDescribed()), null, 1)}\n`;
  const operations = (text.match(/"operationId":/g) ?? []).length;
  const kept = await readFile(join(ROOT, FILE), "utf8").catch(() => "");
  if (mode === "check") {
    if (kept !== text) console.error(`${FILE} is not what the handlers say. Run npm run openapi.`);
    else console.log(`${operations} operations are described as they are.`);
    return kept === text ? 0 : 1;
  }
  if (kept !== text) await writeFile(join(ROOT, FILE), text);
  console.log(`${operations} operations are described in ${FILE}.`);
  return 0;
}
