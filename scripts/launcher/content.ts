import { randomInt } from "node:crypto";
import type { SecretBox } from "@/lib/auth/secret-box";
import type { Config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import type { Signer } from "@/lib/signing/client";
import type { LauncherDatabase } from "./databases";

/** Letters and digits that nobody confuses when reading them off a screen. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

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
  /** Whether the sign-in page may offer the demo's accounts: they were wanted and they are there. */
  readonly demo: boolean;
}

/**
 * Loads the catalogue and, in an empty database, the demo if it is wanted. The modules that touch the generated Prisma
 * client are loaded only here, after it has been made.
 * @throws OperatorError when the demo is off and its accounts are there
 */
export async function fillDatabase(
  settings: Config,
  database: LauncherDatabase,
  secrets: SecretBox,
  signer: Signer,
): Promise<Content> {
  const { loadCatalogue } = await import("@/prisma/seed/catalogue");
  await loadCatalogue(database.ownerUrl);
  const { DEMO_PASSWORD, DEMO_PEOPLE } = await import("@/prisma/seed/demo-people");
  const emails = DEMO_PEOPLE.map((person) => person.email);
  const { lookWhoIsThere, seedDemo } = await import("@/prisma/seed/demo");
  let there = await lookWhoIsThere(database.appUrl);
  if (there.empty) {
    if (!settings.demo) {
      const setupCode = settings.setupCode ?? makeSetupCode();
      return { setupCode, demo: false, hint: `/setup - the set-up code is ${setupCode}` };
    }
    await seedDemo(database.appUrl, secrets, signer);
    // Another instance may have been quicker with something else.
    there = await lookWhoIsThere(database.appUrl);
  }
  const { demo } = there;
  if (demo && !settings.demo) {
    throw new OperatorError(
      "These data hold the demo, whose password everybody knows: name another folder in COUNTERVAIL_DATA (or another database), or leave the demo on.",
    );
  }
  const hint = demo ? ` - demo sign-ins, password ${DEMO_PASSWORD}: ${emails.join(", ")}` : "";
  return { setupCode: undefined, demo, hint };
}
