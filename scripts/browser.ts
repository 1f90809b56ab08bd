import { findBrowser } from "./support/browser";

/** `node scripts/run.mjs browser`: prints the path of the browser that tests use, installing one if there is none. */
export async function main(): Promise<void> {
  console.log(await findBrowser());
}
