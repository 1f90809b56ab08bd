import { generateClient } from "./support/prisma-client";

/** `npm run generate`: makes lib/db/generated from prisma/schema. */
export async function main(): Promise<void> {
  const made = await generateClient();
  console.log(made ? "The Prisma client is generated." : "The Prisma client is up to date.");
}
