import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { withDatabase } from "@/lib/db/addresses";
import { withConnection } from "@/lib/db/connect";
import { copyTemplate, TEMPLATE, TEMPLATE_WITH_CATALOGUE } from "./templates";

/** A database of one test file's own. */
export interface TestDatabase {
  /** Address as the application's role: what the web server would use. */
  readonly appUrl: string;
  /** Address as the owner of the tables. */
  readonly ownerUrl: string;
  /** Address as the signer's login. */
  readonly signerUrl: string;
  /** Address as the worker's login. */
  readonly workerUrl: string;
  /** Address as the keeper's login. */
  readonly keeperUrl: string;
  /** Address as superuser, to play the attacker or to look behind row-level security. */
  readonly adminUrl: string;
  /** Ends its sessions and removes it; call it in `afterAll`. */
  readonly drop: () => Promise<void>;
}

/** Makes an empty, migrated database by copying a template; call it in `beforeAll`, once per file. */
export async function makeTestDatabase({ catalogue = false } = {}): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await copyTemplate(server.adminUrl, catalogue ? TEMPLATE_WITH_CATALOGUE : TEMPLATE, name);
  return {
    appUrl: withDatabase(server.appUrl, name),
    ownerUrl: withDatabase(server.ownerUrl, name),
    signerUrl: withDatabase(server.signerUrl, name),
    workerUrl: withDatabase(server.workerUrl, name),
    keeperUrl: withDatabase(server.keeperUrl, name),
    adminUrl: withDatabase(server.adminUrl, name),
    drop: async () => {
      await withConnection(server.adminUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
