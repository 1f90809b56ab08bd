import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../support/run-program";
import { findDeclaration } from "./declarations";

/** Where types of replies stand, in the order in which they are looked for. */
const PLACES = ["lib/contracts", "lib/services/disposition", "lib/services/engagement", "lib/services/review"];

/**
 * A file that declares or imports every name of a reply's type.
 * @throws Error when there is none
 */
export async function findReplyFile(reply: string): Promise<string> {
  const names = [...new Set(reply.match(/\b[A-Z]\w+/g) ?? [])].filter((name) => !WRAPPERS.has(name));
  for (const place of PLACES) {
    const files = (await readdir(join(ROOT, place))).filter((name) => /^[\w-]+\.ts$/.test(name));
    for (const name of files.sort()) {
      const file = `${place}/${name}`;
      const found = await Promise.all(names.map((one) => findDeclaration(file, one)));
      if (found.every((one) => one !== null)) return file;
    }
  }
  throw new Error(`No file of ${PLACES.join(", ")} declares ${names.join(" and ")}.`);
}

/** Known wherever they are asked for. */
const WRAPPERS = new Set(["Collection", "Page"]);
