import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The program that goes into every pack and verifies it, as the build made it. @throws Error when it was not built */
export async function readVerifier(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(/* turbopackIgnore: true */ process.cwd(), "dist", "verify.mjs")));
}
