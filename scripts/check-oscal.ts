import { readFile } from "node:fs/promises";
import { OperatorError } from "@/lib/operator-error";
import { reportOscal } from "@/lib/render/oscal/oscal-report";
import { seal } from "@/lib/services/worksheet/seal";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { readArguments } from "./support/arguments";

/**
 * `countervail check-oscal FILE`: whether an OSCAL file is valid by NIST's schema, what it holds, and whether a plan of
 * Countervail's is still what was exported; of a catalogue, whether it is this release's own.
 * @returns 1 when something is wrong with it
 */
export async function main(given: readonly string[]): Promise<number> {
  const { plain } = readArguments(given, { flags: [], plain: 1, usage: "countervail check-oscal FILE" });
  const { holds, problems } = reportOscal(
    await read(plain[0] ?? ""),
    (content) => seal(content).digest,
    await readCatalogueFiles().catch(() => null),
  );
  for (const line of holds) console.log(onOneLine(line));
  for (const { at, message } of problems) console.error(onOneLine(`${at}: ${message}`));
  console.log(problems.length === 0 ? "Nothing is wrong with it." : "It is not as it should be.");
  return problems.length === 0 ? 0 : 1;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new OperatorError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** What a file says may hold what a terminal would obey. */
function onOneLine(text: string): string {
  return text.replace(
    /\p{C}/gu,
    (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
