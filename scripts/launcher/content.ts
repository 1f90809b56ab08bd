import { randomInt } from "node:crypto";
import type { Config } from "@/lib/config";
import { withConnection } from "@/lib/db/connect";
import type { LauncherDatabase } from "./databases";

/** Letters and digits that nobody confuses when reading them off a screen. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** Whether nobody has been set up yet. */
export async function isEmpty({ ownerUrl }: LauncherDatabase): Promise<boolean> {
  return withConnection(ownerUrl, async (client) => {
    const { rows } = await client.query<{ found: boolean }>("SELECT EXISTS (SELECT FROM organisation) AS found");
    return !rows[0]?.found;
  });
}

/** A one-time code for the set-up page, such as `k7mq-2xwp-9dfh-t4ra`: 79 bits. */
export function makeSetupCode(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

/** What a launcher tells its operator about the content. */
export interface Content {
  /** Goes behind the address in the one line that says Countervail is ready. */
  readonly hint: string;
  /** Code for the set-up page, when nobody has been set up and the demo is off. */
  readonly setupCode: string | undefined;
}

/**
 * Loads the catalogue and, in an empty database, the demo if it is wanted. The modules that touch the generated Prisma
 * client are loaded only here, after it has been made.
 */
export async function fillDatabase(settings: Config, database: LauncherDatabase): Promise<Content> {
  const { loadCatalogue } = await import("@/prisma/seed/catalogue");
  await loadCatalogue(database.ownerUrl);
  const empty = await isEmpty(database);
  if (!settings.demo) {
    const setupCode = empty ? (settings.setupCode ?? makeSetupCode()) : undefined;
    return { setupCode, hint: setupCode ? `/setup - the set-up code is ${setupCode}` : "" };
  }
  if (empty) {
    const { seedDemo } = await import("@/prisma/seed/demo");
    await seedDemo(database.appUrl);
  }
  const { DEMO_PASSWORD, DEMO_PEOPLE } = await import("@/prisma/seed/demo-people");
  const people = DEMO_PEOPLE.map((person) => person.email).join(", ");
  return { setupCode: undefined, hint: ` - demo sign-ins, password ${DEMO_PASSWORD}: ${people}` };
}
