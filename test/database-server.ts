import type { TestProject } from "vitest/node";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { loadCatalogue } from "@/prisma/seed/catalogue";

/** Where test files find the server of this run. */
export interface TestServer {
  /** Address as superuser, database `postgres`. */
  readonly adminUrl: string;
  /** Addresses of the migrated template, which nobody connects to. */
  readonly appUrl: string;
  readonly ownerUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Name of the migrated database that test files copy. */
export const TEMPLATE = "countervail_template";
/** The same with the catalogue loaded. */
export const TEMPLATE_WITH_CATALOGUE = "countervail_template_with_catalogue";

/** Starts one server for the whole run, migrates the templates once and loads the catalogue once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const temporary = await startTemporaryServer();
  try {
    const template = await temporary.makeMigrated(TEMPLATE);
    await loadCatalogue((await temporary.makeMigrated(TEMPLATE_WITH_CATALOGUE)).ownerUrl);
    project.provide("testServer", { adminUrl: temporary.server.adminUrl("postgres"), ...template });
  } catch (error) {
    await temporary.remove();
    throw error;
  }
  return () => temporary.remove();
}
