import { buildWhenChanged } from "./launcher/build";
import { Closers } from "./launcher/closers";
import { generateClient } from "./support/prisma-client";

/** `node scripts/run.mjs build`: builds the web server if sources changed, as `npm start` does. */
export async function main(): Promise<void> {
  await generateClient();
  await buildWhenChanged(new Closers());
}
